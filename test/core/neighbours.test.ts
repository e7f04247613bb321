import { buildDataset, type Log } from '@inkling/cli';
import {
  createContext,
  createReducer,
  decide,
  emptyProfile,
  encodeNeighbours,
  type FeatureSpec,
  type InklingEvent,
  type Item,
  type NeighbourEdge,
  type NeighbourEdges,
  type Profile,
  recordOf,
  replay,
  type SlotSpec,
} from '@inkling/core';
import { type CatalogIndex, indexCatalog, indexNeighbours } from '@inkling/core/candidates';
import { createFullEncoder } from '@inkling/core/full';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from './property-runs.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const VISITOR = 'v';
const words = { group: 'g', sentence: 'It goes with what you saw.' };
const spec: FeatureSpec = {
  format: 2,
  groups: [{ id: 'g', sentence: words.sentence }],
  features: [{ kind: 'number', source: 'last:neighbours', ...words }],
  phrases: {},
};
const encoder = createFullEncoder(spec);
const scorer = (features: Float32Array, rows: number) =>
  Array.from({ length: rows }, (_, i) => features[2 * i] ?? 0);
const GRID: SlotSpec = {
  id: 'grid',
  kind: 'list',
  k: 3,
  decide: 'client',
  policy: { type: 'greedy' },
  rules: [],
};

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', '__proto__', 'constructor'];
const catalog: readonly Item[] = IDS.map((id, i) => ({ id, tags: i % 3 === 2 ? ['health'] : ['shoes'] }));
const isSensitive = ({ tags }: Item) => tags?.includes('health') ?? false;
const hidden = catalog.filter(isSensitive).map(({ id }) => id);
const id = fc.constantFrom(...IDS);
const edges = fc.array(
  fc.tuple(id, id, fc.double({ min: 0.1, max: 9, noNaN: true })) satisfies fc.Arbitrary<NeighbourEdge>,
  { maxLength: 20 },
);
const file = fc
  .record({ viewed: edges, bought: edges })
  .map((both) => encodeNeighbours({ catalog, edges: both, sensitive: ['health'] }));
const acts = fc.array(
  fc.record({
    type: fc.constantFrom('view' as const, 'click' as const),
    item: fc.oneof(id, fc.constant('gone')),
  }),
  { maxLength: 12 },
);
const shown = fc.subarray([...IDS, 'not in the catalog']);

function lived(events: readonly Omit<InklingEvent, 'at'>[], sensitive?: ReadonlySet<string>): Profile {
  const reduce = createReducer({
    item: (name) => catalog.find((item) => item.id === name),
    ...(sensitive && { sensitive }),
  });
  return events.reduce(
    (profile, event, i) => reduce(profile, { ...event, at: NOW - 1000 + i }),
    emptyProfile(NOW - 1000, VISITOR),
  );
}

/** Decides like the client, with the slot's own children or with what the catalog gives. */
function served(index: CatalogIndex, profile: Profile, children: readonly string[] | undefined) {
  const context = createContext();
  const candidates = children
    ? children.map((name) => ({ item: { id: name }, source: 'authored' as const }))
    : (index.candidatesFor?.({ profile, context, now: NOW, seed: 's', slot: GRID.id }) ?? []);
  const neighbours = index.neighboursOf?.(candidates, profile);
  return decide({
    slot: GRID,
    candidates,
    neighbours,
    authored: children ?? [],
    context,
    profile,
    encoder,
    scorer,
    arm: 'personalized',
    shown: new Set(),
    seed: 's',
    now: NOW,
  });
}

const slots = [GRID];
const numbersOf = (features: Float32Array | undefined) => Array.from(features ?? []);

test('a visitor’s neighbours are the same numbers when a ranker is trained and when it serves', () => {
  let near = 0;
  fc.assert(
    fc.property(file, acts, shown, (neighbours, events, ids) => {
      const log: Log = [
        ...events.map((event, i) => ({
          kind: 'event' as const,
          visitor: VISITOR,
          at: NOW - 1000 + i,
          ...event,
        })),
        {
          kind: 'list',
          id: 'l',
          visitor: VISITOR,
          at: NOW,
          context: {},
          items: ids.map((name) => ({ id: name })),
          labels: ids.map(() => 0),
          propensity: 1,
        },
      ];
      const sources = { catalog, neighbours };
      const [example] = buildDataset(log, spec, () => undefined, indexNeighbours(sources)).examples;
      const index = indexCatalog({ ...sources, pack: { spec, slots } });
      const profile = lived(events);
      const ofChildren = served(index, profile, ids);
      expect(numbersOf(ofChildren.ranking?.features)).toEqual(numbersOf(example?.features));

      // What is gathered from the catalog has the numbers that it would have as a child.
      const gathered = served(index, profile, undefined);
      const { candidates } = gathered.request;
      const again = served(
        index,
        profile,
        candidates.map(({ item }) => item.id),
      );
      expect(numbersOf(gathered.ranking?.features)).toEqual(numbersOf(again.ranking?.features));
      near += numbersOf(gathered.ranking?.features).filter((value) => value > 0 && value < 1).length;

      const record = JSON.parse(JSON.stringify(recordOf(gathered)));
      expect(replay(record, { encoder, scorer })).toMatchObject({ slateDrift: [], scoreDrift: 0 });
      expect(structuredClone(recordOf(gathered).inputs.neighbours)).toEqual(gathered.request.neighbours);
    }),
    propertyRuns(0.5),
  );
  expect(near).toBeGreaterThan(0);
});

test('nobody comes near a sensitive item, and whoever touched nothing else is near to nothing', () => {
  let reached = 0;
  fc.assert(
    fc.property(file, acts, (neighbours, events) => {
      const neighboursOf = indexNeighbours({ catalog, neighbours });
      const candidates = catalog.map((item) => ({ item }));
      // Even if the profile held them.
      const scores = neighboursOf(candidates, lived(events));
      for (const name of hidden) expect(scores?.[name] ?? 0).toBe(0);
      if (scores) reached++;
      const onlyHidden = events.filter(({ item }) => hidden.includes(item));
      expect(neighboursOf(candidates, lived(onlyHidden))).toBeUndefined();
      const others = events.filter(({ item }) => !hidden.includes(item));
      expect(neighboursOf(candidates, lived(events, new Set(['health'])))).toEqual(
        neighboursOf(candidates, lived(others)),
      );
    }),
    propertyRuns(0.25),
  );
  expect(reached).toBeGreaterThan(0);
});

test('without a neighbours file, or a profile, the feature is missing and nothing throws', () => {
  fc.assert(
    fc.property(acts, shown, (events, ids) => {
      for (const neighbours of [undefined, false, new Uint8Array()] as const) {
        const index = indexCatalog({
          catalog,
          ...(neighbours !== undefined && { neighbours }),
          pack: { spec, slots },
        });
        for (const children of [ids, undefined]) {
          const { ranking, diagnostics } = served(index, lived(events), children);
          expect(diagnostics).toEqual([]);
          expect(ranking?.features.every((value) => value === 0)).toBe(true);
        }
      }
    }),
    propertyRuns(0.1),
  );
  const all = IDS.slice(1).map((other): NeighbourEdge => ['a', other, 1]);
  const index = indexCatalog({
    catalog,
    neighbours: encodeNeighbours({ catalog, edges: { viewed: all } }),
    pack: { spec, slots },
  });
  expect(index.neighboursOf?.([{ item: { id: 'b' } }], undefined)).toBeUndefined();
});

test('both tables add up; what no walk reaches is 0, what the catalog lacks is missing', () => {
  const viewed: readonly NeighbourEdge[] = [['a', 'b', 1]];
  const bought: readonly NeighbourEdge[] = [
    ['a', 'b', 1],
    ['a', 'd', 1],
  ];
  const candidates = ['a', 'b', 'd', 'e', 'gone'].map((name) => ({ item: { id: name } }));
  const profile = lived([{ type: 'view', item: 'a' }]);
  const near = (edges: NeighbourEdges['edges']) =>
    indexNeighbours({ catalog, neighbours: encodeNeighbours({ catalog, edges }) })(candidates, profile) ?? {};
  const [one, other, both] = [near({ viewed }), near({ bought }), near({ viewed, bought })];
  expect(both).toEqual({ a: 0, b: (one.b ?? 0) + (other.b ?? 0), d: other.d, e: 0 });
  expect(one.b).toBeGreaterThan(0);
  expect(other.d).toBeGreaterThan(0);
});

test('of a catalog only that is prepared which the pack asks for', () => {
  const asks = (pack: Parameters<typeof indexCatalog>[0]['pack']) =>
    Object.keys(indexCatalog({ catalog, pack })).sort();
  const other = { ...spec, features: [] };
  expect(asks({ spec, slots })).toEqual(['candidatesFor', 'neighboursOf']);
  expect(asks({ spec: other, slots })).toEqual(['candidatesFor']);
  expect(asks({ spec, slots: [{ ...GRID, kind: 'order' }] })).toEqual(['neighboursOf']);
});
