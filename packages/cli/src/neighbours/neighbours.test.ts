import { decodeNeighbours, prng } from '@inkling/core';
import { expect, test } from 'vitest';
import { countPairs } from './count-pairs.ts';
import { fitNeighbours, sizeCurve } from './fit-neighbours.ts';
import { brotliBytes, HEAD } from './fit-to-bytes.ts';
import type { Graph } from './graph.ts';
import { measureNext } from './measure-next.ts';
import { orderCatalog } from './order-catalog.ts';
import { orderItems } from './order-items.ts';
import { rankEdges, weighEdges } from './rank-edges.ts';
import { keepItems, type Sessions } from './sessions.ts';

const ids = (count: number) => Array.from({ length: count }, (_, i) => `i${i}`);

/** Visits that stay in one of the groups of ten items, but for one look in `stray`; items of a group are anywhere in the list of ids. */
function groupedSessions(groups: number, count: number, stray = Number.POSITIVE_INFINITY): Sessions {
  const random = prng('neighbours', 'sessions');
  const items = groups * 10;
  const shuffled = [...new Uint32Array(items).keys()]
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
  const sessions = Array.from({ length: count }, (_, at) => {
    const group = random() % groups;
    const look = () => (random() % stray === 0 ? random() % items : group * 10 + (random() % 10));
    return { at, items: Array.from({ length: 4 }, () => shuffled[look()] as number) };
  });
  return { ids: ids(items), sessions };
}

test('pairs count by distance, by the length of their session and by its age', () => {
  const sessions = [
    { at: 0, items: [2, 0] },
    { at: 100, items: [0, 1, 0, 2] },
  ];
  const { from, to, weights } = countPairs({ ids: ids(3), sessions }, 'viewed');
  expect([[...from], [...to]]).toEqual([
    [0, 0, 1],
    [1, 2, 2],
  ]);
  const four = 4 ** -0.3;
  // The older session is the whole span old: half.
  expect(weights[0]).toBeCloseTo(2 * four, 6);
  expect(weights[1]).toBeCloseTo((1 + 3 ** -0.75) * four + 0.5 * 2 ** -0.3, 6);
  expect(weights[2]).toBeCloseTo(2 ** -0.75 * four, 6);
  // A basket has no order.
  expect(countPairs({ ids: ids(3), sessions: sessions.slice(1) }, 'bought').weights[2]).toBeCloseTo(four, 6);
});

test('weights take popularity off, and the most useful edges come first', () => {
  const graph: Graph = {
    items: 4,
    from: Uint32Array.of(0, 0, 1),
    to: Uint32Array.of(1, 2, 3),
    weights: Float64Array.of(8, 2, 2),
  };
  const weighed = weighEdges(graph);
  expect(weighed.weights[0]).toBeCloseTo(8 / (10 * 10) ** 0.3, 12);
  expect(weighed.weights[1]).toBeCloseTo(2 / (10 * 2) ** 0.3, 12);
  expect([...rankEdges(graph, weighed)]).toEqual([0, 1, 2]);
});

test('ordering brings neighbours together, keeps the head, and moves what has no edges to the end', () => {
  const { from, to, weights } = countPairs(groupedSessions(100, 4000, 20), 'viewed');
  const graph = { items: 1005, from, to, weights };
  const keep = 7;
  const order = orderItems(graph, keep);
  expect([...order].sort((a, b) => a - b)).toEqual([...new Uint32Array(1005).keys()]);
  expect([...order.subarray(0, keep)]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect([...order.subarray(1000)]).toEqual([1000, 1001, 1002, 1003, 1004]);
  const places = new Map([...order].map((item, place) => [item, place]));
  const distance = (place: (item: number) => number) =>
    from.reduce((sum, item, edge) => sum + Math.log2(Math.abs(place(item) - place(to[edge] as number))), 0) /
    from.length;
  expect(distance((item) => item)).toBeGreaterThan(7.5);
  expect(distance((item) => places.get(item) ?? Number.NaN)).toBeLessThan(4.5);
  expect(orderItems(graph, keep)).toEqual(order);
});

test('a file is as large as it may be and no larger, and what inkling pack makes of its edges has the same bytes', () => {
  const sessions = groupedSessions(100, 4000);
  const [small, large, whole] = fitNeighbours(sessions, 'viewed', [1000, 2000, 1e6]);
  for (const [file, budget] of [
    [small, 1000],
    [large, 2000],
  ] as const) {
    expect(file?.bytes).toBeLessThanOrEqual(budget);
    expect(file?.bytes).toBeGreaterThan(budget * 0.9);
    expect(file?.bytes).toBe(brotliBytes(file?.content ?? new Uint8Array()));
  }
  const all = countPairs(sessions, 'viewed').from.length;
  expect(whole?.edges.length).toBe(all);
  expect(small?.edges).toEqual(large?.edges.slice(0, small?.edges.length));
  const [table] = decodeNeighbours(large?.content ?? new Uint8Array(), 1000);
  expect(table?.items.length).toBe(2 * (large?.edges.length ?? 0));
  const catalog = orderCatalog(
    sessions.ids.map((id) => ({ id })),
    { viewed: large?.edges ?? [] },
  );
  expect(catalog.map(({ id }) => id)).toEqual(large?.order);
  expect(catalog.slice(0, HEAD).map(({ id }) => id)).toEqual(sessions.ids.slice(0, HEAD));
});

test('visits that stay in a group are foretold, the better the larger the file', () => {
  const [first, ...rest] = sizeCurve(groupedSessions(100, 4000), 'viewed', 6000);
  expect(rest).toHaveLength(3);
  expect(rest.at(-1)?.metrics.hr).toBeGreaterThan(0.95);
  expect(first?.metrics.hr).toBeLessThan((rest.at(-1)?.metrics.hr ?? 0) - 0.1);
  expect(rest.at(-1)?.metrics.clicks).toBe(400 * 3);
  expect(sizeCurve({ ids: ids(2), sessions: [{ at: 1, items: [0] }] }, 'viewed', 100)).toEqual([]);
});

test('hit rate and mean reciprocal rank, with and without looking at the same item again', () => {
  const asked: unknown[] = [];
  const metrics = measureNext(
    (recents, count) => {
      asked.push([recents.map(({ item, views }) => [item, views]), count]);
      return [7, 8, 9];
    },
    { ids: ids(10), sessions: [{ at: 1, items: [7, 7, 8, 5] }] },
    2,
  );
  expect(asked).toEqual([
    [[[7, 1]], 3],
    [[[7, 2]], 3],
    [
      [
        [8, 1],
        [7, 2],
      ],
      3,
    ],
  ]);
  // 7 is first, 8 second, 5 nowhere; without the current item, 8 is first.
  expect(metrics).toEqual({ clicks: 3, hr: 2 / 3, mrr: 0.5, noRepeat: { clicks: 2, hr: 0.5, mrr: 0.5 } });
});

test('items that the catalog does not have are as if they had not been looked at', () => {
  const sessions = {
    ids: ['a', 'b', 'c'],
    sessions: [
      { at: 1, items: [0, 1, 2] },
      { at: 2, items: [1] },
    ],
  };
  expect(keepItems(sessions, ['z', 'c', 'a'])).toEqual({
    ids: ['z', 'c', 'a'],
    sessions: [{ at: 1, items: [2, 1] }],
  });
});
