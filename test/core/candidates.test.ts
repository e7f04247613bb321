import {
  createContext,
  decodeNeighbours,
  emptyProfile,
  encodeNeighbours,
  type InklingError,
  type Item,
  type NeighbourEdge,
  type Profile,
  prng,
} from '@inkling/core';
import { type CandidateRequest, createRankNext, indexCandidates } from '@inkling/core/candidates';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryCatalog } from './arbitrary-pack.ts';
import { propertyRuns, RUNS } from './property-runs.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const pack = { spec: { format: 1, groups: [], features: [], phrases: {} } } as const;

function visitor(change: Partial<Profile>): Profile {
  return { ...emptyProfile(0, 's'), ...change };
}

const recently = (...ids: readonly string[]) =>
  visitor({ recents: ids.map((id, i) => ({ id, at: NOW - i, views: 1, clicks: 0 })) });

function request(change: Partial<CandidateRequest> = {}): CandidateRequest {
  return { profile: undefined, context: createContext(), now: NOW, seed: 's', slot: 'grid', ...change };
}

const arbitraryEdges = (catalog: readonly Item[]): fc.Arbitrary<readonly NeighbourEdge[]> => {
  if (catalog.length === 0) return fc.constant([]);
  const id = fc.constantFrom(...catalog.map((item) => item.id));
  return fc.array(fc.tuple(id, id, fc.double({ min: 1e-3, max: 1e3, noNaN: true })), { maxLength: 80 });
};
const arbitraryGraph = arbitraryCatalog.chain((catalog) =>
  fc.record({
    catalog: fc.constant(catalog),
    edges: fc.record({ bought: arbitraryEdges(catalog), viewed: arbitraryEdges(catalog) }),
    sensitive: fc.subarray(['a', 'b', 'constructor']),
  }),
);

test('what is written is read again: every edge both ways, weights within a quarter of an octave', () => {
  fc.assert(
    fc.property(arbitraryGraph, ({ catalog, edges, sensitive }) => {
      const bytes = encodeNeighbours({ catalog, edges, sensitive });
      for (const table of decodeNeighbours(bytes, catalog.length)) {
        const expected = new Map<string, number>();
        const hidden = new Set(
          catalog.filter(({ tags }) => tags?.some((tag) => sensitive.includes(tag))).map(({ id }) => id),
        );
        for (const [a, b, weight] of edges[table.kind]) {
          if (a === b || hidden.has(a) || hidden.has(b)) continue;
          for (const pair of [
            [a, b],
            [b, a],
          ])
            expected.set(JSON.stringify(pair), (expected.get(JSON.stringify(pair)) ?? 0) + weight);
        }
        const top = Math.max(...expected.values());
        const seen = new Set<string>();
        catalog.forEach(({ id }, item) => {
          let sum = 0;
          for (let at = table.start[item] as number; at < (table.start[item + 1] as number); at++) {
            const pair = JSON.stringify([id, catalog[table.items[at] as number]?.id]);
            const weight = table.weights[at] as number;
            const share = Math.max((expected.get(pair) ?? Number.NaN) / top, 2 ** -7.5);
            expect(Math.abs(Math.log2(weight / share))).toBeLessThan(0.2501);
            seen.add(pair);
            sum += weight;
          }
          expect(table.total[item]).toBeCloseTo(sum, 9);
        });
        expect(seen).toEqual(new Set(expected.keys()));
      }
    }),
    propertyRuns(0.5),
  );
});

test('any bytes, also damaged ones of a good file, are read or refused, and soon', () => {
  const damaged = fc
    .tuple(arbitraryGraph, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.nat(3))
    .map(([graph, changes, cut]) => {
      const bytes = encodeNeighbours(graph);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return { bytes: bytes.subarray(0, bytes.length - cut), items: graph.catalog.length };
    });
  const random = fc.record({ bytes: fc.uint8Array(), items: fc.nat(50) });
  let refused = 0;
  fc.assert(
    fc.property(fc.oneof(damaged, random), ({ bytes, items }) => {
      try {
        for (const { start, items: others } of decodeNeighbours(bytes, items)) {
          expect(start.at(-1)).toBe(others.length);
          expect(others.length).toBeLessThanOrEqual(bytes.length * 2);
          expect(others.every((other) => other < items)).toBe(true);
        }
      } catch (error) {
        expect((error as InklingError).code).toBe('E_PACK_FORMAT');
        refused++;
      }
    }),
    propertyRuns(2),
  );
  expect(refused).toBeGreaterThan(20);
});

test('a file that claims more than it holds costs no memory', () => {
  const claims = Uint8Array.from([0x49, 0x4e, 0x42, 1, 3, 1, 0, 255, 255, 255, 127, 0, 0, 0]);
  expect(() => decodeNeighbours(claims, 3)).toThrow('expected as many edges as it says');
  const longNumber = Uint8Array.from([0x49, 0x4e, 0x42, 1, 255, 255, 255, 255, 255, 255]);
  expect(() => decodeNeighbours(longNumber, 3)).toThrow('expected a number below 2^28');
});

test('an edge to an item that the catalog does not have is refused', () => {
  const edgeTo = (step: number) => Uint8Array.from([0x49, 0x4e, 0x42, 1, 3, 1, 0, 1, 1, step, 0, 0, 15]);
  expect([...(decodeNeighbours(edgeTo(1), 3)[0]?.items ?? [])]).toEqual([2, 0]);
  expect(() => decodeNeighbours(edgeTo(2), 3)).toThrow('expected items of the catalog');
});

test('version 1 is read as before; version 2 says how its levels are written', () => {
  // Two edges, 0–1 and 1–2, of levels 15 and 13.
  const first = decodeNeighbours(Uint8Array.from([0x49, 0x4e, 0x42, 1, 3, 1, 1, 2, 1, 0, 1, 0, 0, 0xdf]), 3);
  expect(first[0]?.kind).toBe('viewed');
  expect(first[0]?.weights[0]).toBe(1);
  expect(first[0]?.weights[3]).toBeCloseTo(0.5, 12);
  const second = (bits: number) =>
    decodeNeighbours(Uint8Array.from([0x49, 0x4e, 0x42, 2, 3, 1, 1, bits, 16, 2, 1, 0, 1, 0, 0, 0b0111]), 3);
  // Levels 3 and 1 of two bits, an octave apart each.
  expect(second(2)[0]?.weights[3]).toBeCloseTo(0.25, 12);
  expect(() => second(3)).toThrow('expected levels of 1, 2 or 4 bits');
  expect(() => decodeNeighbours(Uint8Array.from([0x49, 0x4e, 0x42, 3, 3, 0]), 3)).toThrow(
    'expected version 1 or 2',
  );
});

test('of many edges weights have two bits: the strongest and the weakest share a level, others keep their order', () => {
  const catalog = Array.from({ length: 20_001 }, (_, i) => ({ id: `i${i}` }));
  const edges = catalog.slice(1).map(({ id }, i): NeighbourEdge => [`i${i}`, id, 1.001 ** (i % 5000)]);
  const [table] = decodeNeighbours(encodeNeighbours({ catalog, edges: { viewed: edges } }), 20_001);
  const weights = edges.map((_, i) => table?.weights[(table.start[i + 1] as number) - 1] as number);
  expect(new Set(weights).size).toBe(4);
  for (let i = 1; i < 5000; i++) expect(weights[i]).toBeGreaterThanOrEqual(weights[i - 1] as number);
  expect(Math.max(...weights)).toBe(1);
  // From the twentieth part up to the top the weights are 1.001^4725 = 112 times apart.
  expect(Math.log2(112.5 * Math.min(...weights))).toBeCloseTo(0, 0);
});

test('what comes next: the walk of its formula, and what was seen, the more often the better', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const pairs: readonly NeighbourEdge[] = [
    ['a', 'b', 1],
    ['b', 'c', 0.5],
    ['a', 'd', 0.25],
    ['d', 'c', 1],
    ['d', 'e', 0.5],
    // Edges so weak that less than a third is passed on along them.
    ...['a', 'b', 'c', 'd'].map((id): NeighbourEdge => [id, 'f', 0.0625]),
    ['f', 'g', 0.0625],
    ['g', 'e', 0.125],
  ];
  const bytes = encodeNeighbours({ catalog: ids.map((id) => ({ id })), edges: { viewed: pairs } });
  const [table] = decodeNeighbours(bytes, 7);
  if (!table) throw new Error('no table');
  const strength = ids.map((id) =>
    pairs.reduce((sum, [x, y, weight]) => sum + (x === id || y === id ? weight : 0), 0),
  );
  const mean = strength.reduce((a, b) => a + b) / 7;
  const q = ids.map((from) =>
    ids.map((to, j) => {
      const edge = pairs.find(([x, y]) => (x === from && y === to) || (x === to && y === from));
      return (edge?.[2] ?? 0) / mean / ((strength[j] as number) / mean) ** 0.25;
    }),
  );
  const expected = (recents: readonly (readonly [number, number])[]) => {
    const start = ids.map((_, i) => {
      const rank = recents.findIndex(([item]) => item === i);
      return rank < 0 ? 0 : (rank + 1.5) ** -1.5 * ((strength[i] as number) / mean) ** -0.5;
    });
    const once = ids.map((_, j) => start.reduce((sum, v, i) => sum + v * (q[i]?.[j] ?? 0), 0));
    const scores = once.map(
      (own, k) =>
        own + once.reduce((sum, score, j) => sum + score * Math.min(3 * (q[j]?.[k] ?? 0), 1 / 3), 0),
    );
    recents.forEach(([item, views], rank) => {
      const back = rank > 0 && (recents[0]?.[1] ?? 0) > 1 ? 2 : 1;
      scores[item] = (scores[item] as number) + 0.2 * back * (views / Math.max(rank, 1)) ** 1.5;
    });
    return [...ids.keys()]
      .filter((i) => (scores[i] as number) > 0)
      .sort((i, j) => (scores[j] as number) - (scores[i] as number));
  };
  const rank = createRankNext(table, ids);
  const orders = new Set<string>();
  for (const first of ids.keys()) {
    for (const second of ids.keys()) {
      for (const views of [
        [1, 1],
        [1, 3],
        [3, 2],
      ] as const) {
        if (first === second) continue;
        const recents = [[first, views[0]] as const, [second, views[1]] as const];
        const named = rank(
          recents.map(([item, times]) => ({ item, views: times })),
          7,
        );
        expect(named).toEqual(expected(recents));
        orders.add(named.join());
      }
    }
  }
  expect(orders.size).toBeGreaterThan(20);
  expect(rank([], 7)).toEqual([]);
});

test('candidates: each once, all available, as many as there may be, the same again', () => {
  fc.assert(
    fc.property(arbitraryGraph, fc.string(), fc.nat(), (graph, seed, pick) => {
      const { catalog } = graph;
      const gather = indexCandidates({ pack, catalog, neighbours: encodeNeighbours(graph) });
      const profile = catalog.length > 0 ? recently(catalog[pick % catalog.length]?.id ?? '') : undefined;
      const gathered = gather(request({ profile, seed }));
      const ids = gathered.map(({ item }) => item.id);
      const available = catalog.filter((item) => item.available !== false);
      expect(new Set(ids).size).toBe(ids.length);
      // A catalog below the least limit is taken whole.
      expect([...ids].sort()).toEqual(available.map(({ id }) => id).sort());
      expect(gather(request({ profile, seed }))).toEqual(gathered);
    }),
    propertyRuns(0.5),
  );
});

const shop: readonly Item[] = Array.from({ length: 2000 }, (_, i) => ({
  id: `item-${i}`,
  tags: [`tag-${i % 40}`],
  publishedAt: `2026-0${1 + (i % 5)}-01`,
  attributes: { popularity: ((i * 37) % 2000) / 2000, 'popularity:rain': ((i * 91) % 2000) / 2000 },
}));
const edges = {
  viewed: shop.slice(1).map(({ id }, i): NeighbourEdge => [shop[i]?.id ?? '', id, 1]),
  bought: [['item-7', 'item-900', 1]] as readonly NeighbourEdge[],
};
const gather = indexCandidates({
  pack: { ...pack, popularityBy: 'weather.condition' },
  catalog: shop,
  neighbours: encodeNeighbours({ catalog: shop, edges }),
});
const from = (source: string, change: Partial<CandidateRequest>) =>
  gather(request(change)).flatMap((candidate) => (candidate.source === source ? candidate.item.id : []));

test('a walk of two steps: neighbours first, theirs next, the recent items themselves not', () => {
  const profile = recently('item-7');
  expect(from('bought', { profile })).toEqual(['item-900']);
  // Items two steps away get a third of what those next to the recent one get.
  expect(from('viewed', { profile })).toEqual(['item-6', 'item-8', 'item-5', 'item-9']);
  // The older of two recent items counts (2.5 / 1.5)^-3/2, which is 0.46.
  expect(from('viewed', { profile: recently('item-100', 'item-7') }).slice(0, 4)).toEqual([
    'item-101',
    'item-99',
    'item-6',
    'item-8',
  ]);
});

test('what may have to stay in a slot comes before all else, unless it is gone', () => {
  const items = ['item-999', 'ghost', 'item-500'];
  const profile = visitor({ decisions: [{ id: 'd', slot: 'grid', at: NOW, source: 'ranker', items }] });
  const stay = (change: Partial<CandidateRequest>) => from('stay', { profile, ...change });
  expect(stay({ cadence: 'daily' })).toEqual(['item-999', 'item-500']);
  expect(stay({ cadence: 'always' })).toEqual([]);
  expect(stay({})).toEqual([]);
  expect(stay({ cadence: 'daily', slot: 'other' })).toEqual([]);
});

test('popularity follows the moment, and is the overall one where the moment is not known', () => {
  const best = (name: string) =>
    [...shop]
      .sort((a, b) => Number(b.attributes?.[name]) - Number(a.attributes?.[name]) || (a.id < b.id ? -1 : 1))
      .slice(0, 50)
      .map(({ id }) => id);
  expect(from('popular', {})).toEqual(best('popularity'));
  expect(from('popular', { context: createContext({ weather: { condition: 'snow' } }) })).toEqual(
    best('popularity'),
  );
  expect(from('popular', { context: createContext({ weather: { condition: 'rain' } }) })).toEqual(
    best('popularity:rain'),
  );
});

test('tastes, new items and chance have their share; the limit is kept between 100 and 500', () => {
  const profile = visitor({ affinities: { 'tag-3': [5, NOW], 'tag-4': [-5, NOW] } });
  const liked = from('affinity', { profile });
  expect(liked).toHaveLength(50);
  expect(liked.every((id) => Number(id.slice(5)) % 40 === 3)).toBe(true);
  expect(from('fresh', {}).every((id) => Number(id.slice(5)) % 5 === 4)).toBe(true);
  // Before they were published, items are not new.
  expect(from('fresh', { now: Date.parse('2026-02-15') }).every((id) => Number(id.slice(5)) % 5 === 1)).toBe(
    true,
  );
  expect(from('explore', { profile })).not.toEqual(from('explore', { profile, seed: 't' }));
  const sizes = [1, 300, 5000].map((limit) => gather(request({ profile, limit })).length);
  expect(sizes).toEqual([100, 300, 500]);
});

test('an item that chance names stands there as often as any other', () => {
  const counts = new Map<string, number>();
  const random = prng('uniform', 'seeds');
  for (let i = 0; i < RUNS; i++) {
    for (const id of from('explore', { seed: String(random()) })) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  // 100 items are popular or new; 200 of the other 1,900 are drawn each time.
  const mean = (RUNS * 200) / 1900;
  const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - mean) ** 2 / mean, 0);
  expect(counts.size).toBe(1900);
  // Drawing without replacement spreads less than 1,899 degrees of freedom would.
  expect(chiSquare).toBeLessThan(2100);
  expect(chiSquare).toBeGreaterThan(1400);
});
