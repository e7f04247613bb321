import { type FeatureSpec, prng } from '@inkling/core';
import { expect, test } from 'vitest';
import { buildDataset } from '../dataset/build-dataset.ts';
import { openDatabase } from '../log/database.ts';
import type { Log } from '../log/log.ts';
import { driftOf } from './drift.ts';
import { createDistributionDistance, distanceP } from './kolmogorov-smirnov.ts';
import { createStabilityIndex } from './stability.ts';

const uniforms = (seed: string) => {
  const random = prng(seed, 'drift');
  return () => random() / 2 ** 32;
};
/** Every value of two samples in ascending order, and how often each of them has it. */
const countBoth = (before: readonly number[], after: readonly number[]) =>
  [...new Set([...before, ...after])]
    .sort((a, b) => a - b)
    .map((value) => {
      const times = (sample: readonly number[]) => sample.filter((other) => other === value).length;
      return [times(before), times(after)] as const;
    });
const stabilityIndex = (before: readonly number[], after: readonly number[]) => {
  const index = createStabilityIndex([before.length, after.length]);
  for (const [was, is] of countBoth(before, after)) index.add(was, is);
  return index.finish();
};
const distributionDistance = (before: readonly number[], after: readonly number[]) => {
  const distance = createDistributionDistance([before.length, after.length]);
  for (const [was, is] of countBoth(before, after)) distance.add(was, is);
  return distance.finish();
};
const many = (value: number, count: number) => Array<number>(count).fill(value);

test('the stability index of two values, by hand', () => {
  const before = [...many(0, 10_000), ...many(1, 10_000)];
  const after = [...many(0, 15_000), ...many(1, 5000)];
  const expected = 0.25 * Math.log(1.5) - 0.25 * Math.log(0.5);
  expect(stabilityIndex(before, after).psi).toBeCloseTo(expected, 3);
  expect(stabilityIndex(after, before).psi).toBeCloseTo(expected, 3);
  expect(stabilityIndex(before, before)).toEqual({ psi: 0, bins: 2 });
});

test('a number counts by tenths of the earlier sample: all of it in the highest one is far away', () => {
  const before = Array.from({ length: 1000 }, (_, index) => index);
  const { psi, bins } = stabilityIndex(before, many(5000, 1000));
  expect(bins).toBe(10);
  // Nearly 0.9 · ln 10 of the tenth that grew, and the emptied ones' logarithms of half a value.
  expect(psi).toBeGreaterThan(0.9 * Math.log(10));
  expect(psi).toBeLessThan(9);
});

test('a value that nearly all have is a bin of its own, from which others are told', () => {
  const nearly = [...many(0, 950), ...Array.from({ length: 50 }, (_, index) => index + 1)];
  // A twentieth above 0 became nine tenths; nothing is below.
  const moved = Array.from({ length: 1000 }, (_, index) => Math.max(0, index - 99));
  const expected = 0.85 * Math.log(0.9 / 0.05) - 0.85 * Math.log(0.1 / 0.95);
  expect(stabilityIndex(nearly, moved).psi).toBeCloseTo(expected, 1);
  expect(stabilityIndex(many(0, 1000), moved).psi).toBeGreaterThan(1);
});

test('with nothing changed the index is in the mean what chance gives: bins less one times 1/n + 1/m', () => {
  const next = uniforms('chance');
  const draw = () => Array.from({ length: 400 }, next);
  const worlds = Array.from({ length: 300 }, () => stabilityIndex(draw(), draw()).psi);
  const mean = worlds.reduce((a, b) => a + b) / worlds.length;
  expect(mean / (9 * (2 / 400))).toBeGreaterThan(0.9);
  expect(mean / (9 * (2 / 400))).toBeLessThan(1.1);
});

test('the largest distance of two distributions, by hand', () => {
  expect(distributionDistance([1, 2, 3], [1, 2, 3])).toBe(0);
  expect(distributionDistance([1, 2], [3, 4])).toBe(1);
  // After 2: two of three, one of four.
  expect(distributionDistance([1, 2, 5], [2, 4, 5, 6])).toBeCloseTo(2 / 3 - 1 / 4, 12);
  expect(distributionDistance([0, 0, 0, 1], [0, 1, 1, 1])).toBe(0.5);
});

test('p is the share of all divisions of the values that are as far apart', () => {
  const next = uniforms('permutations');
  const [n, m] = [50, 60];
  const pooled = Array.from({ length: n + m }, (_, index) => index);
  const distances = Array.from({ length: 4000 }, () => {
    const order = pooled.map((value) => ({ value, key: next() })).sort((a, b) => a.key - b.key);
    const values = order.map(({ value }) => value);
    return distributionDistance(values.slice(0, n), values.slice(n));
  });
  for (const distance of [0.15, 0.2, 0.25, 0.3]) {
    const share = distances.filter((other) => other >= distance).length / distances.length;
    expect(Math.abs(distanceP(distance, [n, m]) - share)).toBeLessThan(0.03);
  }
  expect(distanceP(0, [n, m])).toBe(1);
  expect(distanceP(1, [n, m])).toBeLessThan(1e-12);
});

const words = { group: 'g', sentence: 'Because.' };
const spec: FeatureSpec = {
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: [
    { kind: 'one-hot', source: 'weather.condition', values: ['rain'], ...words },
    { kind: 'number', source: 'item:price', indicator: false, ...words },
  ],
  phrases: {},
};

test('of every column of the encoder: the one that moved comes first, the other stays', async () => {
  const period = (seed: string, rain: number): Log => {
    const next = uniforms(seed);
    return Array.from({ length: 300 }, (_, index) => ({
      ...{ kind: 'list', id: `${index}`, visitor: `v${index}`, at: index, propensity: 1 },
      context: { weather: { condition: next() < rain ? 'rain' : 'clear' } },
      items: Array.from({ length: 5 }, (_, item) => ({ id: `i${item}`, price: next() })),
      labels: [1, 0, 0, 0, 0],
    }));
  };
  const examples = (seed: string, rain: number) =>
    buildDataset(period(seed, rain), spec, () => undefined).examples;
  const database = await openDatabase();
  const periods = [examples('before', 0.2), examples('after', 0.6)] as const;
  const { before, columns } = await driftOf(periods, spec, database).finally(database.close);
  expect(before).toEqual({ lists: 300, items: 1500, visitors: 300 });
  expect(columns.map(({ name, level }) => [name, level])).toEqual([
    ['weather.condition=rain', 'large'],
    ['weather.condition:other', 'large'],
    ['item:price', 'stable'],
  ]);
  expect(columns[0]?.ks).toBeCloseTo(0.4, 1);
  expect(columns[0]?.p).toBeLessThan(1e-6);
  expect(columns[2]?.p).toBeGreaterThan(0.05);
});
