import { prng } from '@inkling/core';
import { expect, test } from 'vitest';
import { discreteLaplace, randomBelow } from './discrete-laplace.ts';

const DRAWS = 60_000;

/** Pearson's statistic of counts against what was expected of them. */
function chiSquare(observed: readonly number[], expected: readonly number[]): number {
  return observed.reduce((sum, count, i) => sum + (count - (expected[i] ?? 0)) ** 2 / (expected[i] ?? 1), 0);
}

test.each([
  [1, 1],
  [1, 4],
  [3, 7],
  [500, 32_000],
])('noise of scale t/s, s = %i and t = %i, has the probabilities of the discrete Laplace law', (s, t) => {
  const below = randomBelow(prng('noise', `${s} ${t}`));
  const drawn = Array.from({ length: DRAWS }, () => discreteLaplace(s, t, below));
  // Cells of whole numbers, each likely enough to be compared; the two ends are open.
  const ratio = Math.exp(-s / t);
  const upTo = (x: number) => (x >= 0 ? 1 - ratio ** (x + 1) / (1 + ratio) : ratio ** -x / (1 + ratio));
  const width = Math.max(1, Math.round(t / s / 2));
  const ends = [-4, -3, -2, -1, 0, 1, 2, 3].map((place) => place * width);
  const chances = ends.map((end, i) => upTo(end) - (i ? upTo(ends[i - 1] as number) : 0));
  chances.push(1 - upTo(ends.at(-1) as number));
  const cellOf = (x: number) => ends.filter((end) => x > end).length;
  const observed = chances.map(() => 0);
  for (const x of drawn) (observed[cellOf(x)] as number)++;
  // 0.999 quantile of chi-square with 8 degrees of freedom.
  const expected = chances.map((chance) => chance * DRAWS);
  expect(chiSquare(observed, expected)).toBeLessThan(26.12);
});

test('a number below n is uniform where n does not divide 2³²', () => {
  // Three quarters of the words would fall into the lower half if the remainder were taken as it is.
  const words = [3_900_000_000, 3_100_000_000, 2_999_999_999, 5];
  const below = randomBelow(() => words.shift() as number);
  expect([below(3_000_000_000), below(3_000_000_000)]).toEqual([2_999_999_999, 5]);
});
