import {
  createContext,
  type DecideRequest,
  decide,
  emptyProfile,
  type Item,
  type PolicySpec,
  type Profile,
  type RuleSpec,
  type Scorer,
  type SlateItem,
  type SlotSpec,
} from '@inkling/core';
import { createAdapter } from '@inkling/core/adapt';
import { createFullEncoder, fullSlateKinds } from '@inkling/core/full';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from './property-runs.ts';

const NOW = 1.78e12;
const LATER = NOW + 1e12;
const words = { group: 'all', sentence: 'So it is.' };
const encoder = createFullEncoder({
  format: 2,
  groups: [{ id: 'all', sentence: 'So it is.' }],
  features: [
    { kind: 'multi-hot', source: 'item:tags', values: ['x', 'y'], ...words },
    { kind: 'number', source: 'affinity:mean', ...words },
    { kind: 'number', source: 'age:days', ...words },
    { kind: 'number', source: 'last:minutes', ...words },
  ],
  phrases: {},
});
const adapter = createAdapter(
  { columns: [0, 1], names: ['x', 'y'], priorDeviation: 1, forgetting: 1 },
  'probability',
);

const series = (count: number, more: (i: number) => Partial<Item> = () => ({})): readonly Item[] =>
  Array.from({ length: count }, (_, i) => ({ id: `i${i}`, tags: [i % 2 ? 'x' : 'y'], ...more(i) }));
const named = (...ids: readonly string[]): readonly Item[] =>
  ids.map((id) => ({ id, tags: ['__proto__', 'constructor'], group: '__proto__', parent: 'constructor' }));

const catalogs: readonly (readonly Item[])[] = [
  [],
  series(1),
  series(5),
  [...series(3), ...series(3)],
  series(40),
  series(4, () => ({ available: false })),
  named('__proto__', 'constructor', 'toString', ''),
  named('\ud83c', '\udf00'),
  series(3, (i) => ({ tags: ['t'.repeat(10_000) + i] })),
  series(3, (i) => ({
    price: [NaN, Infinity, -1][i] as number,
    publishedAt: ['never', '9999-12-31', '0000-01-01'][i] as string,
    attributes: { popularity: [NaN, Infinity, -5][i] as number },
  })),
  series(12, (i) => ({ group: `g${i % 3}`, parent: `p${i % 4}` })),
];

const scorers: readonly (Scorer | undefined)[] = [
  (_, rows) => new Float32Array(rows).fill(1),
  (features, rows) => Array.from({ length: rows }, (_, row) => features[row * encoder.width] ?? 0),
  (_, rows) => new Float32Array(rows).fill(NaN),
  (_, rows) => new Float32Array(rows).fill(Infinity),
  (_, rows) => Array.from({ length: rows }, (__, row) => (row % 2 ? 3.4e38 : -3.4e38)),
  () => [],
  () => {
    throw new Error('no model');
  },
  undefined,
];

const fresh = emptyProfile(NOW - 1e9, 'v');
const decided = (at: number) => ({
  id: 'd',
  slot: 'grid',
  at,
  source: 'ranker',
  items: ['i3', 'i0', 'ghost', '__proto__', 'i3'],
});
const profiles: readonly (Profile | undefined)[] = [
  undefined,
  fresh,
  {
    ...fresh,
    createdAt: LATER,
    visit: { ...fresh.visit, startedAt: LATER, lastAt: LATER },
    recents: [{ id: 'i0', at: LATER, views: 1e308, clicks: 0 }],
    affinities: Object.fromEntries(['x', 'constructor', '__proto__'].map((tag) => [tag, [1e300, LATER]])),
    decisions: [decided(LATER)],
  },
  {
    ...fresh,
    createdAt: 0,
    recents: [{ id: 'i0', at: 0, views: 1, clicks: 1 }],
    affinities: { x: [1, 0], y: [-1e308, 0] },
    posterior: { names: ['x', 'y'], mean: [NaN, 1e308] },
  },
  { ...fresh, dismissed: series(40).map(({ id }) => id) },
  { ...fresh, counters: { 'item:i0': [Math.floor(NOW / 86_400_000), 5] }, decisions: [decided(NOW - 1000)] },
];

const policies: readonly PolicySpec[] = [
  { type: 'greedy' },
  { type: 'epsilon', epsilon: 0 },
  { type: 'epsilon', epsilon: 1 },
  { type: 'epsilon', epsilon: 1, top: 1 },
  { type: 'epsilon', epsilon: 0.5, fresh: { tag: 'x' } },
  { type: 'softmax', temperature: 1e-9 },
  { type: 'softmax', temperature: 1e9 },
  { type: 'squarecb', gamma: 1e-9 },
  { type: 'squarecb', gamma: 1e300 },
  { type: 'thompson' },
];

const rules: readonly RuleSpec[] = [
  { type: 'pin', item: 'i0', position: 99 },
  { type: 'pin', item: 'i0', position: 0 },
  { type: 'pin', item: 'i1', position: 0 },
  { type: 'pin', item: '__proto__', position: 1 },
  { type: 'exclude', item: 'i0' },
  { type: 'only', item: 'i0' },
  { type: 'minimum', tag: 'x', min: 99 },
  { type: 'minimum', tag: 'x', min: 1, relax: 0 },
  { type: 'cap', tag: 'x', max: 0 },
  { type: 'cap', each: 'tag', max: 1, relax: 1 },
  { type: 'boost', tag: 'x', factor: 1e300 },
  { type: 'bury', tag: 'x' },
  { type: 'visitor-cap', each: 'item', max: 1, days: 31 },
  { type: 'visitor-cap', each: 'slot', max: 0, days: 1 },
];

const shapes: readonly Partial<SlotSpec>[] = [
  {},
  { k: 0 },
  { kind: 'list', k: 9999 },
  { kind: 'variant' },
  { kind: 'variant', per: 'item' },
  { kind: 'shelves', k: 2 },
  {
    k: 3,
    cadence: 'daily',
    diversity: { lambda: 0 },
    objectives: [
      { type: 'calibration', weight: 1 },
      { type: 'freshness', weight: 1, halfLifeDays: 1e-9 },
      { type: 'attribute', attribute: 'popularity', weight: 1e9 },
      { type: 'novelty', weight: 1 },
    ],
  },
  { kind: 'list', k: 4, cadence: 'session' },
];

const hostile: fc.Arbitrary<DecideRequest> = fc
  .record({
    items: fc.constantFrom(...catalogs),
    scorer: fc.constantFrom(...scorers),
    profile: fc.constantFrom(...profiles),
    policy: fc.constantFrom(...policies),
    rules: fc.subarray([...rules], { maxLength: 4 }),
    shape: fc.constantFrom(...shapes),
    arm: fc.constantFrom('personalized' as const, 'holdout' as const),
    shown: fc.subarray(['i1', 'i2', '']),
    now: fc.constantFrom(NOW, 0, LATER),
    learns: fc.boolean(),
    seed: fc.string({ maxLength: 4 }),
  })
  .map(({ items, shape, policy, rules: declared, shown, learns, ...rest }) => ({
    ...rest,
    slot: { id: 'grid', kind: 'order', decide: 'client', policy, rules: declared, ...shape },
    candidates: items.map((item) => ({ item, source: 'authored' as const })),
    authored: [...items.map(({ id }) => id), 'only-here', 'only-here'],
    context: createContext({ time: { hour: 5 } }),
    encoder,
    slateKinds: fullSlateKinds,
    shown: new Set(shown),
    output: 'probability' as const,
    ...(learns && { adapter }),
  }));

function expectSound(slate: readonly SlateItem[], { profile }: DecideRequest): void {
  expect(new Set(slate.map(({ id }) => id)).size).toBe(slate.length);
  slate.forEach(({ propensity, position, via, id }, place) => {
    expect(propensity > 0 && propensity <= 1).toBe(true);
    expect(position).toBe(place);
    if (via !== 'fill') expect(profile?.dismissed ?? []).not.toContain(id);
  });
}

test('whatever the site, the model, the clock and the device hold, a decision is sound, and the same again', () => {
  fc.assert(
    fc.property(hostile, (request) => {
      const { slate, chosen, diagnostics } = decide(request);
      expectSound(slate.items, request);
      expectSound(chosen, request);
      expect(slate.propensity > 0 && slate.propensity <= 1).toBe(true);
      expect(diagnostics.filter(({ code }) => code === 'E_SLOT')).toEqual([]);
      expect(decide(request).slate).toEqual(slate);
    }),
    propertyRuns(1),
  );
});
