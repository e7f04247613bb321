import { expect, test } from 'vitest';
import { createContext } from '../context/create-context.ts';
import { createEncoder } from '../encode/create-encoder.ts';
import type { FeatureSpec } from '../encode/feature-spec.ts';
import { explain } from '../explain/explain.ts';
import type { Item } from '../item.ts';
import { emptyProfile } from '../profile/profile.ts';
import { createReducer } from '../profile/reduce-profile.ts';
import { type DecideRequest, decide } from './decide.ts';
import type { Scorer } from './rank-candidates.ts';

const spec: FeatureSpec = {
  format: 2,
  groups: [
    { id: 'weather', sentence: 'The weather played a part.' },
    { id: 'taste', sentence: 'What you liked played a part.' },
    { id: 'item', sentence: 'It suits many visitors.' },
  ],
  features: [
    {
      kind: 'one-hot',
      source: 'weather.condition',
      values: ['rain'],
      group: 'weather',
      sentence: 'It is {weather.condition} where you are.',
    },
    {
      kind: 'number',
      source: 'affinity:mean',
      indicator: false,
      group: 'taste',
      sentence: 'You looked at {tags} lately.',
    },
    {
      kind: 'number',
      source: 'affinity:max',
      indicator: false,
      group: 'taste',
      sentence: 'You looked at {tags} lately.',
    },
    {
      kind: 'multi-hot',
      source: 'item:tags',
      values: ['rain'],
      group: 'item',
      sentence: 'It is made for {tags}.',
    },
  ],
  phrases: { 'weather.condition': { rain: 'raining' }, tags: { rain: 'rain gear' } },
};
const encoder = createEncoder(spec);
// Columns: raining, weather else, mean affinity, best affinity, item for rain.
const scorer: Scorer = (f, rows) =>
  Array.from({ length: rows }, (_, r) => {
    const [raining = 0, , affinity = 0, , forRain = 0] = f.subarray(r * 5, r * 5 + 5);
    return raining * forRain * 2 + affinity;
  });
const items: readonly Item[] = [
  { id: 'kettle', tags: ['coffee'], attributes: { popularity: 0.2 } },
  { id: 'lamp', tags: ['light'] },
  { id: 'shell', tags: ['rain'], attributes: { popularity: 0.9 } },
];
const request: DecideRequest = {
  slot: { id: 'grid', kind: 'order', decide: 'client', policy: { type: 'greedy' }, rules: [] },
  candidates: items.map((item) => ({ item, source: 'authored' })),
  authored: items.map(({ id }) => id),
  context: createContext({ weather: { condition: 'rain' } }),
  profile: undefined,
  encoder,
  scorer,
  arm: 'personalized',
  shown: new Set(),
  seed: 'seed',
  now: 1000,
};
const ids = (over: Partial<DecideRequest>) => decide({ ...request, ...over }).slate.items.map(({ id }) => id);

test('the same request gives the same decision', () => {
  const slot = { ...request.slot, policy: { type: 'epsilon', epsilon: 0.5 } } as const;
  expect(decide({ ...request, slot })).toEqual(decide({ ...request, slot }));
});

test('the moment moves the items', () => {
  expect(ids({})).toEqual(['shell', 'kettle', 'lamp']);
  expect(ids({ context: createContext() })).toEqual(['kettle', 'lamp', 'shell']);
});

test('a visitor who clicked coffee sees coffee rise', () => {
  const reduce = createReducer({ item: (id) => items.find((item) => item.id === id) });
  let profile = emptyProfile(0, 's');
  for (let i = 0; i < 3; i++) profile = reduce(profile, { type: 'click', item: 'lamp', at: 900 });
  expect(ids({ profile, context: createContext() })).toEqual(['lamp', 'kettle', 'shell']);
});

test('the holdout sees the authored order, and the record keeps what would have been', () => {
  const decision = decide({ ...request, arm: 'holdout' });
  expect(decision.slate).toMatchObject({ source: 'authored', arm: 'holdout', propensity: 1 });
  expect(decision.slate.items.map(({ id }) => id)).toEqual(request.authored);
  expect(decision.chosen[0]?.id).toBe('shell');
});

test.each([
  [
    'throws',
    () => {
      throw new Error('kernel');
    },
  ],
  ['gives a NaN', () => [1, Number.NaN, 2]],
  ['gives too few scores', () => [1]],
] as [string, Scorer][])('a scorer that %s: popularity, and a diagnostic', (_, broken) => {
  const decision = decide({ ...request, scorer: broken });
  expect(decision.slate.source).toBe('popularity');
  expect(decision.slate.items[0]?.id).toBe('shell');
  expect(decision.diagnostics).toMatchObject([{ code: 'E_MODEL', stage: 'score', at: 1000 }]);
});

test('without a scorer and without popularity the authored order stands', () => {
  const candidates = items.map(({ id }) => ({ item: { id }, source: 'authored' as const }));
  const { slate } = decide({ ...request, candidates, scorer: undefined });
  expect(slate).toMatchObject({ source: 'authored', propensity: 1 });
});

test.each([
  [
    'a slot that needs more than the eager vocabulary',
    { slot: { ...request.slot, policy: { type: 'softmax' } } },
  ],
  ['a rule that is none', { slot: { ...request.slot, rules: [null] } }],
  ['candidates that are none', { candidates: [null, 7] }],
  ['a place count that is no number', { slot: { ...request.slot, k: Number.NaN } }],
])('%s: never an exception, the authored order stands', (_, over) => {
  const { slate } = decide({ ...request, ...(over as Partial<DecideRequest>) });
  expect(slate.source).toBe('authored');
});

test('reasons name what decided, and their contributions sum to the whole advantage', () => {
  const { reasons } = explain(decide(request), 'shell');
  expect(
    reasons
      .map(({ group }) => group)
      .slice(0, 2)
      .sort(),
  ).toEqual(['item', 'weather']);
  expect(reasons.find(({ group }) => group === 'weather')?.sentence).toBe('It is raining where you are.');
  // The other two score 0 under every coalition, so the advantage is the item's own score: rain × rain gear × 2.
  expect(reasons.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(2, 6);
  // Two factors of one product share it equally (symmetry axiom).
  expect(reasons[0]?.contribution).toBeCloseTo(1, 6);
});

test('a tag may be called like a thing that every object has', () => {
  const odd: readonly Item[] = [
    { id: 'blocks', tags: ['constructor', '__proto__', 'toString'] },
    { id: 'other', tags: ['rain'] },
  ];
  const reduce = createReducer({ item: (id) => odd.find((item) => item.id === id) });
  let profile = reduce(emptyProfile(0, 's'), { type: 'click', item: 'blocks', at: 0 });
  profile = reduce(profile, { type: 'click', item: 'blocks', at: 0 });
  expect(Object.entries(profile.affinities)).toContainEqual(['constructor', [2, 0]]);
  expect(Object.entries(profile.affinities)).toContainEqual(['__proto__', [2, 0]]);
  const decision = decide({
    ...request,
    profile,
    candidates: odd.map((item) => ({ item, source: 'authored' })),
  });
  expect(decision.diagnostics).toEqual([]);
  expect(
    explain(decision, 'blocks')
      .reasons.map(({ sentence }) => sentence)
      .join(' '),
  ).toMatch(/You looked at (constructor|__proto__|toString) and/);
  const event = { type: 'constructor' as 'click', item: 'blocks', at: 1 };
  expect(reduce(profile, event)).toBe(profile);
});

test('an explored item says so first', () => {
  const slot = { ...request.slot, policy: { type: 'epsilon', epsilon: 1 } } as const;
  const seeds = Array.from({ length: 40 }, (_, i) => decide({ ...request, slot, seed: `s${i}` }));
  const explored = seeds.find(({ chosen }) => chosen[0]?.via === 'explore');
  if (!explored) throw new Error('forty draws at epsilon 1 never explored');
  const [reason] = explain(explored, explored.chosen[0]?.id ?? '').reasons;
  expect(reason?.sentence).toBe('We are trying something new here.');
});
