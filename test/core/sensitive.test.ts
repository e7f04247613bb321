import {
  createContext,
  createReducer,
  decide,
  emptyProfile,
  encodeNeighbours,
  type Feature1,
  type InklingEvent,
  type Item,
  isSensitive,
  lastItems,
  type NeighbourEdge,
  type Profile,
  type SlotSpec,
} from '@inkling/core';
import { indexCandidates, indexNeighbours } from '@inkling/core/candidates';
import { createFullEncoder, upgradeSpec } from '@inkling/core/full';
import { beginPage, forgetSensitive } from '@inkling/core/profile';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, NOW, TYPES } from './arbitrary-history.ts';
import { propertyRuns } from './property-runs.ts';

const SENSITIVE: ReadonlySet<string> = new Set(['health', 'religion']);
const TAGS = ['coffee', 'rain', 'book', 'health', 'religion'];
/** One item for each set of tags; a sensitive one shares its other tags with those that are not. */
const catalog: readonly Item[] = Array.from({ length: 2 ** TAGS.length }, (_, set) => ({
  id: `item ${set}`,
  tags: TAGS.filter((_, i) => (set >> i) & 1),
  price: 10 + set,
  attributes: { popularity: ((set * 7) % 32) / 32 },
}));
const find = (id: string) => catalog.find((item) => item.id === id);
/** A dismissal, its taking back, and what is counted for a cap. */
const kept = ({ type }: InklingEvent) => ['dismiss', 'less_like_this', 'like', 'exposure'].includes(type);

const words = { group: 'g', sentence: 'Because.' };
const { features, ...spec } = upgradeSpec({
  format: 1,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: [
    { kind: 'affinity', ...words },
    { kind: 'signal', signal: 'session.pages', values: ['0', '1', '2'], ...words },
    { kind: 'signal', signal: 'session.cart', values: ['0', '1', '2'], ...words },
    { kind: 'signal', signal: 'session.lastItems', values: ['item 0', 'item 9'], ...words },
    { kind: 'signal', signal: 'visit.type', values: ['new', 'returning'], ...words },
    ...(['last', 'rank', 'views', 'clicks', 'age', 'after-last', 'before-last'] as const).map(
      (measure): Feature1 => ({ kind: 'recent', measure, ...words }),
    ),
    { kind: 'history', ...words },
  ],
  phrases: {},
});
const encoder = createFullEncoder({
  ...spec,
  features: [...features, { kind: 'number', source: 'last:neighbours', ...words }],
});
/** Each item goes with its three successors, the sensitive ones among them. */
const edges = catalog.flatMap(({ id }, i) =>
  [1, 2, 3].map((step): NeighbourEdge => [id, catalog[(i + step) % catalog.length]?.id as string, step]),
);
const neighbours = encodeNeighbours({ catalog, edges: { viewed: edges }, sensitive: [...SENSITIVE] });
const neighboursOf = indexNeighbours({ catalog, neighbours });
/** Every column counts, each differently. */
const scorer = (features: Float32Array, rows: number) =>
  Array.from({ length: rows }, (_, row) => {
    let score = 0;
    for (let i = 0; i < encoder.width; i++) score += (features[row * encoder.width + i] ?? 0) * (1 + i / 7);
    return score;
  });
const gather = indexCandidates({ pack: { spec: encoder.spec }, catalog, neighbours });
const reduce = createReducer({ item: find, sensitive: SENSITIVE });

/** An event, or the page of an item, as the client enters them. */
type Step = InklingEvent & { readonly page: boolean };

function lived(steps: readonly Step[]): Profile {
  return steps.reduce(
    (profile, step) => {
      if (!step.page) return reduce(profile, step);
      const sensitive = isSensitive(find(step.item ?? ''), SENSITIVE);
      return sensitive ? profile : beginPage(profile, step.at, `seed ${step.at}`);
    },
    emptyProfile(NOW - 60 * DAY, 'first'),
  );
}

function decideFor(profile: Profile, slot: SlotSpec) {
  const seed = profile.visit.seed;
  const { pages, cart, count } = profile.visit;
  const context = createContext({
    session: { pages, cart, lastItems: lastItems(profile) },
    visit: { type: count > 1 ? 'returning' : 'new' },
  });
  const candidates = gather({ profile, context, now: NOW, seed, slot: slot.id });
  const { slate, diagnostics } = decide({
    slot,
    candidates,
    neighbours: neighboursOf(candidates, profile),
    authored: catalog.map(({ id }) => id),
    context,
    profile,
    encoder,
    scorer,
    arm: 'personalized',
    shown: new Set(),
    seed,
    now: NOW,
  });
  expect(diagnostics).toEqual([]);
  return slate;
}

const steps = fc.uniqueArray(
  fc.record({
    type: fc.constantFrom(...TYPES),
    item: fc.constantFrom(...catalog.map(({ id }) => id)),
    at: fc.oneof(
      fc.integer({ min: NOW - 50 * DAY, max: NOW }),
      fc.integer({ min: NOW - 3_600_000, max: NOW }),
    ),
    value: fc.integer({ min: 0, max: 120 }),
    tags: fc.subarray(TAGS),
    page: fc.boolean(),
  }),
  { maxLength: 60, size: 'max', selector: ({ at }) => at },
);
const GREEDY: SlotSpec = {
  id: 'a',
  kind: 'list',
  k: 8,
  decide: 'client',
  policy: { type: 'greedy' },
  rules: [],
};
const slots = fc.constantFrom<SlotSpec>(GREEDY, {
  id: 'b',
  kind: 'list',
  k: 8,
  decide: 'client',
  policy: { type: 'epsilon', epsilon: 0.5 },
  rules: [],
});

test('no slate depends on what the visitor did with sensitive items, but for dismissals of them and caps on them', () => {
  let differing = 0;
  fc.assert(
    fc.property(steps, slots, (all, slot) => {
      const isOf = (step: Step) =>
        isSensitive(
          step.type === 'search' && !step.page ? { id: '', tags: step.tags ?? [] } : find(step.item ?? ''),
          SENSITIVE,
        );
      const without = all.filter((step) => !isOf(step) || (!step.page && kept(step)));
      expect(decideFor(lived(all), slot)).toEqual(decideFor(lived(without), slot));
      if (without.length < all.length) differing++;
    }),
    propertyRuns(0.5),
  );
  expect(differing).toBeGreaterThan(0);
});

test('a dismissed sensitive item is not shown again, and nothing else of it is kept', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const profile = lived(all);
      const ofSensitive = (id: string) => isSensitive(find(id), SENSITIVE);
      expect(profile.recents.filter(({ id }) => ofSensitive(id))).toEqual([]);
      expect(TAGS.filter((tag) => SENSITIVE.has(tag) && profile.affinities[tag])).toEqual([]);
      expect([...SENSITIVE].filter((tag) => profile.counters[`tag:${tag}`])).toEqual([]);
      const dismissed = profile.dismissed.filter(ofSensitive);
      const { items } = decideFor(profile, GREEDY);
      expect(items.filter(({ id }) => dismissed.includes(id))).toEqual([]);
      expect(forgetSensitive(profile, find, SENSITIVE)).toBe(profile);
    }),
    propertyRuns(0.25),
  );
});
