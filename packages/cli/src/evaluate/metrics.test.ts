import { expect, test } from 'vitest';
import { bootstrapMean } from './bootstrap.ts';
import { expectedAtRandom, measure, rankBy } from './metrics.ts';

test('one chosen item at rank three', () => {
  expect(measure([2, 0, 1, 3], [0, 1, 0, 0], 10)).toEqual({ mrr: 1 / 3, ndcg: 1 / Math.log2(4), hr: 1 });
  expect(measure([2, 0, 1, 3], [0, 1, 0, 0], 2)).toEqual({ mrr: 1 / 3, ndcg: 0, hr: 0 });
});

test('NDCG of two chosen items, by hand', () => {
  const ideal = 1 + 1 / Math.log2(3);
  expect(measure([0, 1, 2], [1, 0, 1], 3).ndcg).toBeCloseTo((1 + 0.5) / ideal, 12);
});

test('nothing chosen is nothing gained', () => {
  expect(measure([0, 1], [0, 0], 2)).toEqual({ mrr: 0, ndcg: 0, hr: 0 });
});

test('a random order: the harmonic mean of ranks', () => {
  const { mrr, hr } = expectedAtRandom([0, 1, 0, 0], 2);
  expect(mrr).toBeCloseTo((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4, 12);
  expect(hr).toBe(0.5);
});

test('equal scores keep the displayed order', () => {
  expect(rankBy([1, 3, 1, 3])).toEqual([1, 3, 0, 2]);
});

test('the bootstrap resamples visitors, not lists: copies of a list add no certainty', () => {
  const values = Array.from({ length: 60 }, (_, i) => (i * 7) % 10);
  const alone = bootstrapMean(
    values,
    values.map((_, i) => `v${i}`),
  );
  const copied = bootstrapMean(
    values.flatMap((v) => [v, v, v, v]),
    values.flatMap((_, i) => Array(4).fill(`v${i}`)),
  );
  expect(alone.value).toBe(copied.value);
  expect(copied.high - copied.low).toBeCloseTo(alone.high - alone.low, 12);
  // 4.5 ± 1.96 · 2.87 / √60
  expect(alone.low).toBeCloseTo(4.5 - 0.73, 0);
  expect(alone.high).toBeCloseTo(4.5 + 0.73, 0);
});

test('of no values nothing is known', () => {
  expect(bootstrapMean([], []).value).toBeNaN();
});
