import { prng } from '@inkling/core';
import { sampleStandardDeviation } from 'simple-statistics';
import { expect, test } from 'vitest';
import { bootstrapMean, resample, resampleSums } from './bootstrap.ts';
import { createVisitorSums } from './visitor-sums.ts';

const uniforms = (seed: string) => {
  const random = prng(seed, 'world');
  return () => random() / 2 ** 32;
};

test('the bootstrap resamples visitors, not lists: copies of a list add no certainty', () => {
  const values = Array.from({ length: 60 }, (_, i) => (i * 7) % 10);
  const visitors = values.map((_, i) => `v${i}`);
  const alone = bootstrapMean(values, visitors);
  const four = <T>(all: readonly T[]) => all.flatMap((one) => [one, one, one, one]);
  const copied = bootstrapMean(four(values), four(visitors));
  expect(alone.value).toBe(copied.value);
  expect(copied.high - copied.low).toBeCloseTo(alone.high - alone.low, 12);
  // 4.5 ± 1.96 · 2.87 / √60
  expect(alone.low).toBeCloseTo(4.5 - 0.73, 0);
  expect(alone.high).toBeCloseTo(4.5 + 0.73, 0);
});

test('of visitors with one list each the standard error is that of the textbook', () => {
  const next = uniforms('error');
  const values = Array.from({ length: 400 }, () => next() ** 3);
  const { error } = resample(
    [values],
    values.map((_, i) => `v${i}`),
    { rounds: 4000 },
  );
  const expected = sampleStandardDeviation([...values]) / 20;
  // 4,000 rounds know a standard error to about one part in 90.
  expect(error(([sum = 0]) => sum / 400) / expected).toBeGreaterThan(0.95);
  expect(error(([sum = 0]) => sum / 400) / expected).toBeLessThan(1.05);
});

test('columns are summed over the same draws: what they have in common cancels', () => {
  const next = uniforms('pairs');
  const values = Array.from({ length: 200 }, next);
  const visitors = values.map((_, i) => `v${i % 40}`);
  const { estimate } = resample([values, values.map((value) => 2 * value)], visitors);
  const { value, low, high } = estimate(([a = 0, b = 0]) => b / a);
  for (const ratio of [value, low, high]) expect(ratio).toBeCloseTo(2, 12);
});

test('a 95% interval holds the truth in 93 to 97 of 100 worlds; one that takes lists for independent does not', () => {
  const next = uniforms('coverage');
  const truth = 0.5;
  const worlds = 2000;
  let covered = 0;
  let naive = 0;
  for (let world = 0; world < worlds; world++) {
    const values: number[] = [];
    const visitors: string[] = [];
    for (let visitor = 0; visitor < 120; visitor++) {
      const taste = next() - 0.5;
      const lists = 1 + Math.floor(8 * next() ** 2);
      for (let list = 0; list < lists; list++) {
        values.push(truth + taste + 0.5 * (next() - 0.5));
        visitors.push(`v${visitor}`);
      }
    }
    const options = { rounds: 400, seed: `world ${world}` };
    const { low, high } = bootstrapMean(values, visitors, options);
    covered += Number(low <= truth && truth <= high);
    if (world % 5) continue;
    const alone = bootstrapMean(values, [...values.keys()].map(String), options);
    naive += Number(alone.low <= truth && truth <= alone.high);
  }
  expect(covered / worlds).toBeGreaterThanOrEqual(0.93);
  expect(covered / worlds).toBeLessThanOrEqual(0.97);
  expect(naive / (worlds / 5)).toBeLessThan(0.85);
});

test('groups of visitors tell a standard error as well as the visitors do', () => {
  const next = uniforms('groups');
  const [alone, grouped] = [createVisitorSums(2), createVisitorSums(2, 1000)];
  for (let visitor = 0; visitor < 8000; visitor++) {
    const taste = next() ** 2;
    // Some visitors are rare and large.
    for (let list = 0; list < 1 + 10 * Number(next() < 0.1); list++) {
      for (const sums of [alone, grouped]) sums.add(`v${visitor}`, [taste, 1]);
    }
  }
  const [ofAll, ofGroups] = [alone, grouped].map((sums) => {
    const { rows, ...summed } = sums.finish();
    const { error, estimate } = resampleSums({ rows, ...summed }, { rounds: 2000 });
    const mean = ([sum = 0, count = 0]: ArrayLike<number> & Iterable<number>) => sum / count;
    return { clusters: rows.length, error: error(mean), ...estimate(mean) };
  });
  expect([ofAll?.clusters, ofGroups?.clusters]).toEqual([8000, 1000]);
  expect(ofGroups?.value).toBeCloseTo(ofAll?.value ?? 0, 12);
  // 2,000 rounds and 1,000 groups know it to 1.6% and 2.2%.
  const ratio = (ofGroups?.error ?? 0) / (ofAll?.error ?? 1);
  expect(ratio).toBeGreaterThan(0.92);
  expect(ratio).toBeLessThan(1.08);
});

test('of no values nothing is known', () => {
  expect(bootstrapMean([], []).value).toBeNaN();
  expect(bootstrapMean([], []).low).toBeNaN();
});
