import { expect, test } from 'vitest';
import { expectedAtRandom, type ListMetrics, METRICS, measure, rankBy } from './metrics.ts';

test('one chosen item at rank three', () => {
  const mrr = 1 / 3;
  expect(measure([2, 0, 1, 3], [0, 1, 0, 0], 10)).toEqual({ mrr, ndcg: 1 / Math.log2(4), hr: 1, map: mrr });
  expect(measure([2, 0, 1, 3], [0, 1, 0, 0], 2)).toEqual({ mrr, ndcg: 0, hr: 0, map: mrr });
});

test('two chosen items, by hand', () => {
  const { ndcg, map } = measure([0, 1, 2], [1, 0, 1], 3);
  expect(ndcg).toBeCloseTo((1 + 0.5) / (1 + 1 / Math.log2(3)), 12);
  // Of the first place one of one is chosen, down to the third two of three.
  expect(map).toBeCloseTo((1 + 2 / 3) / 2, 12);
});

test('with more chosen items than places the best order has NDCG 1', () => {
  expect(measure([0, 1, 2], [1, 1, 1], 2).ndcg).toBeCloseTo(1, 12);
});

test('nothing chosen is nothing gained', () => {
  expect(measure([0, 1], [0, 0], 2)).toEqual({ mrr: 0, ndcg: 0, hr: 0, map: 0 });
  expect(expectedAtRandom([0, 0], 2)).toEqual({ mrr: 0, ndcg: 0, hr: 0, map: 0 });
});

test.each([
  [[0, 1, 0, 0], 2],
  [[1, 0, 1, 0, 0, 1], 3],
  [[1, 1, 0, 0, 0], 10],
  [[1, 1, 1], 1],
  [[1], 1],
])('a random order of %j: the mean over every order there is', (labels, k) => {
  const orders = permutations([...labels.keys()]).map((order) => measure(order, labels, k));
  const mean = (metric: keyof ListMetrics) => orders.reduce((sum, m) => sum + m[metric], 0) / orders.length;
  const expected = expectedAtRandom(labels, k);
  for (const metric of METRICS) expect(expected[metric]).toBeCloseTo(mean(metric), 12);
});

test('equal scores keep the displayed order', () => {
  expect(rankBy([1, 3, 1, 3])).toEqual([1, 3, 0, 2]);
});

function permutations(values: readonly number[]): readonly (readonly number[])[] {
  if (values.length === 0) return [[]];
  return values.flatMap((first) =>
    permutations(values.filter((value) => value !== first)).map((rest) => [first, ...rest]),
  );
}
