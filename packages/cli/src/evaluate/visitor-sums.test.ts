import { expect, test } from 'vitest';
import { columnOf, createVisitorSums, summedInOrder } from './visitor-sums.ts';

// More than are put away together.
const COUNT = 2500;

test('visitors stand in the order of their first lists, in whatever order these came', () => {
  const sums = createVisitorSums(2);
  const rows = Array.from({ length: 2 * COUNT }, (_, i) => (i * 7919) % (2 * COUNT));
  for (const row of rows) {
    // Four lists of each time; the second half of the log is of the same visitors the other way round.
    const visitor = row < COUNT ? row : 2 * COUNT - 1 - row;
    sums.add(`v${visitor}`, [1, row], { at: Math.floor(row / 4), row });
  }
  const summed = sums.finish();
  expect(summed.visitors).toEqual(Array.from({ length: COUNT }, (_, i) => `v${i}`));
  expect(columnOf(summed, 0).every((lists) => lists === 2)).toBe(true);
  expect(columnOf(summed, 1).every((total) => total === 2 * COUNT - 1)).toBe(true);
  const total = Float64Array.of(1, 1);
  summed.addTo(total, COUNT - 1);
  expect([...total]).toEqual([3, 2 * COUNT]);
});

test('lists of which no row is known stay as they come', () => {
  const sums = createVisitorSums(1);
  sums.add('late', [1], { at: 2 });
  sums.add('early', [2], { at: 1 });
  sums.add('whenever', [3]);
  expect(sums.finish().visitors).toEqual(['late', 'early', 'whenever']);
});

test('figures that stand in order are read as those that were added', () => {
  const figures = Float64Array.from({ length: COUNT * 3 }, (_, i) => i);
  const visitors = Array.from({ length: COUNT }, (_, i) => `v${i}`);
  const summed = summedInOrder(visitors, figures, 3);
  expect([summed.at(0, 2), summed.at(COUNT - 1, 1)]).toEqual([2, COUNT * 3 - 2]);
  expect([...columnOf(summed, 0)]).toEqual(visitors.map((_, i) => 3 * i));
});
