import { expect, test } from 'vitest';
import { binOf, edgesOf } from './bins.ts';

test('few values: an edge halfway between neighbours; what is missing has a bin of its own', () => {
  const edges = edgesOf(Float32Array.of(3, 1, Number.NaN, 1, 5));
  expect([...edges]).toEqual([2, 4]);
  expect([1, 2, 2.5, 5, 99, -Infinity, Number.NaN].map((x) => binOf(x, edges))).toEqual([
    1, 1, 2, 3, 3, 1, 0,
  ]);
});

test.each([3_000, 4_000, 5_500, 10_000])(
  '%i values: at most 254 edges, with as many rows between them',
  (n) => {
    const edges = edgesOf(Float32Array.from({ length: n }, (_, i) => (i * 7919) % n));
    const counts = new Array(edges.length + 2).fill(0);
    for (let x = 0; x < n; x++) counts[binOf(x, edges)]++;
    expect(edges.length).toBe(254);
    expect(Math.max(...counts.slice(1))).toBeLessThan(n / 255 + 2);
    expect(Math.min(...counts.slice(1))).toBeGreaterThan(n / 255 - 2);
  },
);

test('one value that most rows have leaves room for the others', () => {
  const values = Float32Array.from({ length: 10_000 }, (_, i) => (i < 9_000 ? 0 : i));
  const edges = edgesOf(values);
  expect(binOf(0, edges)).toBe(1);
  expect(edges.length).toBeGreaterThan(20);
  expect([...edges]).toEqual([...new Set(edges)].sort((a, b) => a - b));
});

test('neighbours between which f32 has nothing are told apart', () => {
  const next = 1 + 2 ** -23;
  const edges = edgesOf(Float32Array.of(1, next));
  expect([binOf(1, edges), binOf(next, edges)]).toEqual([1, 2]);
});

test('a column of nothing, or of one value, has one bin', () => {
  expect(edgesOf(Float32Array.of(Number.NaN, Number.NaN))).toHaveLength(0);
  expect(edgesOf(Float32Array.of(4, 4))).toHaveLength(0);
});
