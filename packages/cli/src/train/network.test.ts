import { prng } from '@inkling/core';
import { expect, test } from 'vitest';
import type { EncodedList } from '../dataset/encoded-lists.ts';
import { dropOut } from './dropout.ts';
import { backward, createNetwork, forward, NETWORKS, type NetworkSpec } from './network.ts';
import type { NetworkColumns } from './network-columns.ts';
import { networkRows } from './network-rows.ts';
import { copyWeights, countWeights, type Weights, zeroWeights } from './weights.ts';

/** Three numbers, an id of four words, and up to two ids of three. */
const columns: NetworkColumns = {
  dense: [0, 1, 3],
  fields: [
    { input: 'item', columns: [2], offset: 0 },
    { input: 'tags', columns: [4, 5], offset: 6 },
  ],
  tableRows: 11,
};
const list: EncodedList = {
  visitor: 'v',
  features: Float32Array.of(
    0.5,
    -1,
    3,
    2,
    2,
    4,
    1,
    0.25,
    0,
    0,
    3,
    0,
    0,
    2,
    5,
    -0.5,
    0,
    0,
    -1,
    0.75,
    3,
    1,
    4,
    2,
  ),
  labels: [0, 0, 1, 0],
  weight: 1,
};
const rows = networkRows(columns, 6, Float32Array.of(1, 2, 1), [list]);
const specOf = (kind: NetworkSpec['kind']): NetworkSpec => ({ kind, columns, hidden: [5, 3], factors: 4 });
/** Large enough that every part of a score counts. */
const shaken = (spec: NetworkSpec): Weights => {
  const weights = createNetwork(spec, 'gradient');
  for (const [name, { values }] of Object.entries(weights))
    values.forEach((value, i) => {
      if (value !== 0 || !name.startsWith('idFactors'))
        values[i] = value * (/^weights/.test(name) ? 0.5 : 4) + 0.1 * Math.sin(i + name.length);
    });
  return weights;
};

test.each([...NETWORKS.map((kind) => [kind, 0] as const), ['mlp', 0.4], ['deepfm', 0.4]] as const)(
  '%s, dropout %d: the gradient is the slope of the score, weight by weight',
  (kind, share) => {
    const spec = specOf(kind);
    // The same units in every pass.
    const dropout = () => (share > 0 ? { share, random: prng('units', 'a') } : undefined);
    const network = shaken(spec);
    const derivative = Float32Array.of(1, -2, 0.5, 1.5);
    const total = (weights: Weights) =>
      forward(spec, weights, rows, dropout()).scores.reduce(
        (sum, score, row) => sum + score * (derivative[row] as number),
        0,
      );
    const gradient = zeroWeights(network);
    backward(spec, network, rows, forward(spec, network, rows, dropout()), derivative, gradient);
    // Small enough that no ReLU changes sides, large enough for f32.
    const step = 1e-3;
    for (const [name, { values }] of Object.entries(network)) {
      values.forEach((value, i) => {
        const at = (delta: number) => {
          const moved = copyWeights(network);
          (moved[name] as { values: Float32Array }).values[i] = value + delta;
          return total(moved);
        };
        const slope = (at(step) - at(-step)) / (2 * step);
        expect(Math.abs(slope - (gradient[name]?.values[i] as number)), `${name} ${i}`).toBeLessThan(5e-3);
      });
    }
  },
);

test('a factorization machine adds the products of each two features, as they are written down', () => {
  const spec = specOf('fm');
  const weights = shaken(spec);
  const { bias, dense, ids, denseFactors, idFactors } = weights;
  const vector = ({ values }: { values: Float32Array }, row: number) => [
    ...values.subarray(row * 4, row * 4 + 4),
  ];
  const scaled = (v: number[], x: number) => v.map((value) => value * x);
  // The second row of the list: numbers 1, 0.25 · 2, 0; no item; one tag, the second word.
  const features = [
    ...[1, 0.5, 0].map((x, i) => ({
      linear: x * (dense.values[i] as number),
      v: scaled(vector(denseFactors, i), x),
    })),
    { linear: ids.values[0] as number, v: vector(idFactors, 0) },
    { linear: ids.values[6 + 3] as number, v: vector(idFactors, 6 + 3) },
  ];
  let score = (bias.values[0] as number) + features.reduce((sum, { linear }) => sum + linear, 0);
  features.forEach(({ v }, i) => {
    for (const other of features.slice(i + 1))
      score += v.reduce((sum, x, k) => sum + x * (other.v[k] as number), 0);
  });
  expect(forward(spec, weights, rows).scores[1]).toBeCloseTo(score, 5);
});

test('the same seed gives the same weights, another seed others', () => {
  const spec = specOf('deepfm');
  expect(createNetwork(spec, 'a')).toEqual(createNetwork(spec, 'a'));
  expect(createNetwork(spec, 'a')).not.toEqual(createNetwork(spec, 'b'));
  // 1 + 3 + 11, their factors, and (3 + 2 · 4) × 5, 5 × 3, 3 × 1 with biases.
  expect(countWeights(createNetwork(spec, 'a'))).toBe(15 + 14 * 4 + 60 + 18 + 4);
});

test('dropout leaves out a share of the units, and what a layer is given stays as much in the mean', () => {
  const values = new Float32Array(10_000).fill(2);
  dropOut(values, { share: 0.25, random: prng('units', 'b') });
  const kept = values.filter((value) => value !== 0);
  expect(Math.abs(kept.length / values.length - 0.75)).toBeLessThan(0.02);
  expect(new Set(kept)).toEqual(new Set([Math.fround(2 / 0.75)]));
});
