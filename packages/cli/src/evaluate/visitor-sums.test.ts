import { expect, test } from 'vitest';
import { columnOf, createVisitorSums, type SummedVisitors } from './visitor-sums.ts';

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
  expect(summed.visitors).toBe(COUNT);
  expect(summed.clusters).toEqual(Array.from({ length: COUNT }, (_, i) => `v${i}`));
  expect(columnOf(summed, 0).every((lists) => lists === 2)).toBe(true);
  expect(columnOf(summed, 1).every((total) => total === 2 * COUNT - 1)).toBe(true);
});

test('lists of which no row is known stay as they come', () => {
  const sums = createVisitorSums(1);
  sums.add('late', [1], { at: 2 });
  sums.add('early', [2], { at: 1 });
  sums.add('whenever', [3]);
  expect(sums.finish().clusters).toEqual(['late', 'early', 'whenever']);
});

test('more visitors than may stand alone are summed up by groups, whatever order they come in', () => {
  const visitors = Array.from({ length: COUNT }, (_, i) => `v${i}`);
  const summed = [visitors, visitors.toReversed()].map((order) => {
    const sums = createVisitorSums(2, 100);
    for (const visitor of order) {
      const row = Number(visitor.slice(1));
      for (const figure of [1, 2]) sums.add(visitor, [1, figure * row], { at: row, row });
    }
    return sums.finish();
  });
  expect(summed[1]).toEqual(summed[0]);
  const { clusters, rows, visitors: count } = summed[0] as SummedVisitors;
  expect([count, clusters.length, rows.length]).toEqual([COUNT, 100, 100]);
  const lists = rows.map(([value = 0]) => value);
  expect(lists.reduce((a, b) => a + b)).toBe(2 * COUNT);
  expect(rows.reduce((sum, [, value = 0]) => sum + value, 0)).toBe((3 * COUNT * (COUNT - 1)) / 2);
  // Twice 25 lists each, as a hash deals them.
  expect(Math.min(...lists)).toBeGreaterThan(20);
  expect(Math.max(...lists)).toBeLessThan(100);
});

test('at the limit everybody stands alone', () => {
  const sums = createVisitorSums(1, 3);
  for (const visitor of ['a', 'b', 'a', 'c', 'b']) sums.add(visitor, [1]);
  expect(sums.finish()).toMatchObject({ visitors: 3, clusters: ['a', 'b', 'c'] });
});
