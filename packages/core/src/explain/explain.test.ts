import { expect, test } from 'vitest';
import { createAdapter } from '../adapt/create-adapter.ts';
import { createContext } from '../context/create-context.ts';
import { type DecideRequest, decide } from '../decision/decide.ts';
import type { Scorer } from '../decision/rank-candidates.ts';
import { createEncoder } from '../encode/create-encoder.ts';
import { createFullEncoder } from '../encode/create-full-encoder.ts';
import type { Feature, FeatureSpec } from '../encode/feature-spec.ts';
import { emptyProfile } from '../profile/profile.ts';
import { fullSlateKinds } from '../slate/full/full-slate-kinds.ts';
import { explain } from './explain.ts';
import { EXPLAIN_TEXTS } from './explain-texts.ts';
import { smallestChange } from './smallest-change.ts';
import { whatIf } from './what-if.ts';
import { whyNot } from './why-not.ts';

const spec: FeatureSpec = {
  format: 2,
  groups: [
    { id: 'warmth', sentence: 'The temperature played a part.' },
    { id: 'hour', sentence: 'The hour played a part.' },
    { id: 'item', sentence: 'It suits many visitors.' },
  ],
  features: [
    {
      kind: 'one-hot',
      source: 'weather.temperature',
      values: ['cold', 'mild', 'warm', 'hot'],
      group: 'warmth',
      sentence: 'It is {weather.temperature}.',
    },
    {
      kind: 'one-hot',
      source: 'time.daypart',
      values: ['morning', 'evening'],
      group: 'hour',
      sentence: 'It is {time.daypart}.',
    },
    {
      kind: 'multi-hot',
      source: 'item:tags',
      values: ['tea', 'ice'],
      group: 'item',
      sentence: 'It is for {tags}.',
    },
  ],
  phrases: {},
};
const encoder = createEncoder(spec);
const [COLD, , WARM, HOT, , , EVENING, , TEA, ICE] = encoder.featureOf.map((_, column) => column) as number[];
/** Ice from warm on and in the evening, else tea. */
const scorer: Scorer = (features, rows) =>
  Array.from({ length: rows }, (_, row) => {
    const at = (column: number | undefined) => features[row * encoder.width + (column ?? 0)] ?? 0;
    return at(TEA) * (1 + at(COLD)) + at(ICE) * 3 * (at(WARM) + at(HOT) + at(EVENING)) - 0.5 * at(ICE);
  });
const request: DecideRequest = {
  slot: { id: 'grid', kind: 'order', k: 1, decide: 'client', policy: { type: 'greedy' }, rules: [] },
  candidates: [
    { item: { id: 'kettle', tags: ['tea'] }, source: 'authored' },
    { item: { id: 'maker', tags: ['ice'] }, source: 'authored' },
  ],
  authored: ['kettle', 'maker'],
  context: createContext({ weather: { temperature: 'cold' }, time: { hour: 12 } }),
  profile: undefined,
  encoder,
  scorer,
  arm: 'personalized',
  shown: new Set(),
  seed: 's',
  now: 0,
};
const decision = decide(request);
type Row = ArrayLike<number> & Iterable<number>;

test('the smallest change is the nearest value in the order of the spec', () => {
  expect(decision.chosen[0]?.id).toBe('kettle');
  // The hour's group could do it too, from midday, which the spec does not list: farther than cold to warm.
  expect(smallestChange(decision)).toEqual({
    signal: 'weather.temperature',
    from: 'cold',
    to: 'warm',
    first: 'maker',
  });
});

test.each([
  // From 23 the nearest hour before 3 is 2, three steps around midnight.
  [
    'cyclic',
    { kind: 'cyclic', source: 'time.hour', period: 24 },
    { hour: 23 },
    ([sin = 0]: Row) => sin > 0.4,
    '2',
  ],
  [
    'cyclic',
    { kind: 'cyclic', source: 'time.weekday', period: 7 },
    { weekday: 6 },
    ([sin = 0]: Row) => sin > 0.7,
    '1',
  ],
  [
    'bucketized',
    { kind: 'bucketized', source: 'time.hour', edges: [6, 12, 18] },
    { hour: 20 },
    (row: Row) => row[1] === 1,
    '6',
  ],
  [
    'bucketized',
    { kind: 'bucketized', source: 'time.hour', edges: [6, 12] },
    { hour: 7 },
    (row: Row) => row[0] === 1,
    '0',
  ],
] as const)('the smallest change of a number: %s, %j', (_, recipe, time, favours, to) => {
  const group = { group: 'hour', sentence: 'The hour.' };
  const tags = {
    kind: 'multi-hot',
    source: 'item:tags',
    values: ['ice'],
    group: 'item',
    sentence: 'It.',
  } as const;
  const numbers = createFullEncoder({ ...spec, features: [{ ...recipe, ...group } as Feature, tags] });
  const last = numbers.width - 1;
  const rows: Scorer = (features, count) =>
    Array.from({ length: count }, (_, row) => {
      const columns = features.subarray(row * numbers.width, (row + 1) * numbers.width);
      return (columns[last] as number) * (favours(columns) ? 1 : -1);
    });
  const context = createContext({ time });
  const asked = decide({ ...request, context, encoder: numbers, scorer: rows });
  expect(asked.chosen[0]?.id).toBe('kettle');
  expect(smallestChange(asked)).toMatchObject({ to, first: 'maker' });
});

test('what if it were later: the part of the day follows the hour', () => {
  const { moves } = whatIf(decision, { context: { time: { hour: 20 } } });
  expect(moves).toEqual([
    { item: 'maker', from: undefined, to: 0 },
    { item: 'kettle', from: 0, to: undefined },
  ]);
});

test('why not: outscored names the rival and the group that speaks most for it', () => {
  expect(whyNot(decision, 'maker')).toEqual({
    item: 'maker',
    cause: 'outscored',
    sentence: 'Others suit this moment better.',
    rival: 'kettle',
    group: 'item',
  });
});

test('why not: a rule, by its place in the slot', () => {
  const rules = [
    { type: 'pin', item: 'kettle', position: 5 },
    { type: 'exclude', tag: 'ice' },
  ] as const;
  const asked = decide({ ...request, slot: { ...request.slot, rules } });
  expect(whyNot(asked, 'maker')).toMatchObject({ cause: 'rule', rule: 1 });
});

test.each([
  ['boost', [{ type: 'boost', tag: 'ice', factor: 1000 }], 'maker'],
  ['bury', [{ type: 'bury', tag: 'tea' }], 'maker'],
  ['minimum', [{ type: 'minimum', tag: 'ice', min: 1 }], 'maker'],
  ['cap', [{ type: 'cap', tag: 'tea', max: 0 }], 'maker'],
  ['visitor-cap', [{ type: 'visitor-cap', item: 'kettle', max: 0, days: 7 }], 'maker'],
] as const)('a %s says so where another item would stand here without it', (type, rules, id) => {
  const slot = { ...request.slot, rules };
  const asked = decide({ ...request, slot, slateKinds: fullSlateKinds, profile: emptyProfile(0, 's') });
  expect(asked.chosen.map((item) => item.id)).toEqual([id]);
  expect(explain(asked, id).reasons[0]?.group).toBe(type);
  const same = decide({
    ...asked.request,
    slot: { ...slot, rules: [{ type: 'boost', tag: 'tea', factor: 2 }] },
  });
  expect(explain(same, 'kettle').reasons[0]?.group).not.toBe('boost');
});

test('diversity says so where another item would stand here without it', () => {
  const tea = (id: string) => ({ item: { id, tags: ['tea'] }, source: 'authored' }) as const;
  const slot = { ...request.slot, k: 2, diversity: { lambda: 0.4 } };
  const asked = decide({ ...request, slot, candidates: [...request.candidates, tea('pot'), tea('cup')] });
  expect(asked.chosen.map(({ id }) => id)).toEqual(['cup', 'maker']);
  expect(explain(asked, 'maker').reasons[0]?.sentence).toBe('It brings variety to this place.');
  expect(explain(asked, 'cup').reasons[0]?.group).not.toBe('diversity');
});

test('what the device has learnt says so, in the words of the pack', () => {
  const adapter = createAdapter(
    { columns: [ICE ?? 0], names: ['ice'], priorDeviation: 1, forgetting: 1 },
    'utility',
  );
  const profile = { ...emptyProfile(0, 's'), posterior: { names: ['ice'], mean: [4], factor: [1] } };
  const learnt = decide({ ...request, adapter, profile });
  expect(explain(learnt, 'maker').reasons[0]).toMatchObject({
    group: 'item',
    sentence: 'You chose things like this here before.',
  });
  const phrases = { explain: { learnt: 'Das haben Sie hier schon gewählt.' } };
  const german = decide({ ...learnt.request, encoder: createEncoder({ ...spec, phrases }) });
  expect(explain(german, 'maker').reasons[0]?.sentence).toBe('Das haben Sie hier schon gewählt.');
});

test('in a German pack every sentence that is not of a feature is German', () => {
  const phrases = {
    explain: Object.fromEntries(Object.keys(EXPLAIN_TEXTS).map((name) => [name, `${name} (de)`])),
  };
  const german = { ...request, encoder: createEncoder({ ...spec, phrases }) };
  const cups = { item: { id: 'cup', available: false }, source: 'authored' } as const;
  const ask = (more: Partial<DecideRequest>, id: string) =>
    whyNot(decide({ ...german, ...more }), id).sentence;
  const rules = [{ type: 'exclude', tag: 'ice' }] as const;
  expect([
    ask({}, 'kettle'),
    ask({}, 'ghost'),
    ask({ candidates: [...request.candidates, cups] }, 'cup'),
    ask({ profile: { ...emptyProfile(0, 's'), dismissed: ['maker'] } }, 'maker'),
    ask({ shown: new Set(['maker']) }, 'maker'),
    ask({ slot: { ...request.slot, rules } }, 'maker'),
    ask({}, 'maker'),
  ]).toEqual(
    ['here', 'not-considered', 'unavailable', 'dismissed', 'shown', 'rule', 'outscored'].map(
      (name) => `${name} (de)`,
    ),
  );
  const pinned = { ...request.slot, rules: [{ type: 'pin', item: 'maker', position: 0 }] } as const;
  expect(explain(decide({ ...german, slot: pinned }), 'maker').reasons[0]?.sentence).toBe('pin (de)');
});

test('what stays by its cadence says so', () => {
  const slot = { ...request.slot, cadence: 'daily' } as const;
  const shown = { id: 'd', slot: 'grid', at: 0, source: 'ranker', items: ['maker'] };
  const profile = { ...emptyProfile(0, 's'), decisions: [shown] };
  const stayed = decide({ ...request, slot, profile, slateKinds: fullSlateKinds });
  expect(explain(stayed, 'maker').reasons[0]?.group).toBe('stay');
});

test('a feature with a sensitive word gives way to the sentence of its group', () => {
  const sentences = (sensitive: readonly string[]) =>
    explain(decision, 'kettle', { sensitive: new Set(sensitive) }).reasons.map(({ sentence }) => sentence);
  expect(sentences([])).toContain('It is for tea.');
  expect(sentences(['tea'])).toContain('It suits many visitors.');
});

test('in the holdout there is nothing to explain, because nothing was chosen for the visitor', () => {
  const held = decide({ ...request, arm: 'holdout' });
  expect(held.chosen[0]?.id).toBe('kettle');
  expect(explain(held, 'kettle').reasons).toEqual([]);
});

test('without the ranker there is nothing to explain', () => {
  expect(explain(decide({ ...request, scorer: undefined }), 'kettle')).toEqual({
    item: 'kettle',
    reasons: [],
    contributions: [],
  });
});
