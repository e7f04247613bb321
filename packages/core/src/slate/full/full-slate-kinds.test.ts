import { expect, test } from 'vitest';
import { createContext } from '../../context/create-context.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import type { Item } from '../../item.ts';
import { type DecisionSummary, emptyProfile, type Profile } from '../../profile/profile.ts';
import type { SlateRequest } from '../slate-request.ts';
import type { Cadence, SlotSpec } from '../slot.ts';
import { periodOf } from './cadence.ts';
import { fullSlateKinds, slateKindsFor } from './full-slate-kinds.ts';
import { propensityOf } from './propensity-of.ts';

const now = Date.parse('2026-06-01T12:00:00Z');
const items: readonly Item[] = [
  {
    id: 'a',
    tags: ['rain'],
    group: 'coats',
    attributes: { brand: 'peak', margin: 1 },
    publishedAt: '2026-01-01',
  },
  {
    id: 'b',
    tags: ['rain'],
    group: 'coats',
    attributes: { brand: 'peak', margin: 9 },
    publishedAt: '2026-05-31',
  },
  {
    id: 'c',
    tags: ['coffee'],
    group: 'cups',
    attributes: { brand: 'sea', margin: 5 },
    publishedAt: '2026-03-01',
  },
  { id: 'd', tags: ['tea'], group: 'cups', attributes: { brand: 'sea' } },
];
const slot: SlotSpec = {
  id: 'grid',
  kind: 'list',
  k: 3,
  decide: 'client',
  policy: { type: 'greedy' },
  rules: [],
};
const request: SlateRequest = {
  slot,
  items,
  scores: [4, 3, 2, 1],
  excluded: new Set(),
  authored: [],
  seed: 's',
  now,
};
function build(over: Partial<SlotSpec>, more: Partial<SlateRequest> = {}) {
  const diagnostics: Diagnostic[] = [];
  const slate = fullSlateKinds.build({ ...request, ...more, slot: { ...slot, ...over }, diagnostics });
  return {
    ids: slate.map(({ id }) => id).join(''),
    slate,
    codes: diagnostics.map(({ code }) => code),
    diagnostics,
  };
}

test('a cap for each value, a minimum, a burial, a boost, a schedule, stock', () => {
  expect(build({ rules: [{ type: 'cap', attribute: 'brand', max: 1 }] }).ids).toBe('ac');
  expect(build({ rules: [{ type: 'cap', each: 'tag', max: 1 }] }).ids).toBe('acd');
  expect(build({ k: 2, rules: [{ type: 'minimum', tag: 'tea', min: 1 }] }).ids).toBe('ad');
  expect(build({ rules: [{ type: 'bury', tag: 'rain' }] }).ids).toBe('cda');
  expect(build({ k: 1, rules: [{ type: 'boost', item: 'd', factor: 21 }] }).ids).toBe('d');
  expect(build({ k: 1, rules: [{ type: 'boost', item: 'd', factor: 20 }] }).ids).toBe('a');
  expect(build({ rules: [{ type: 'schedule', item: 'a', until: '2026-06-01' }] }).ids).toBe('bcd');
  expect(build({ rules: [{ type: 'schedule', item: 'a', from: '2026-06-01' }] }).ids).toBe('abc');
  expect(build({ rules: [{ type: 'stock', attribute: 'margin', atLeast: 5 }] }).ids).toBe('bcd');
});

test('minimums and caps that overlap are met by the only way there is', () => {
  const rules = [
    { type: 'minimum', tag: 'rain', min: 1 },
    { type: 'minimum', group: 'cups', min: 1 },
    { type: 'cap', attribute: 'margin', value: 1, max: 1 },
  ] as const;
  expect(build({ k: 2, rules }).ids).toBe('ac');
  expect(build({ k: 2, rules: [...rules, { type: 'pin', item: 'd', position: 0 }] }).ids).toBe('da');
});

test('the best item is not feasible where all places are needed for minimums', () => {
  const rules = ['rain', 'coffee', 'tea'].map((tag) => ({ type: 'minimum', tag, min: 1 }) as const);
  const more = { items: [...items, { id: 'e' }], scores: [4, 3, 2, 1, 9] };
  expect(build({ rules }, more)).toMatchObject({ ids: 'acd', codes: [] });
  expect(build({ k: 4, rules }, more).ids).toBe('eacd');
});

test('a visitor is not shown what was shown often enough, and of a tag only as much as is left', () => {
  const day = Math.floor(now / 86_400_000);
  const profile = { ...emptyProfile(0, 'v'), counters: { 'item:a': [day, 2], 'tag:rain': [day, 2] } };
  const capped = { type: 'visitor-cap', each: 'item', max: 2, days: 7 } as const;
  expect(build({ rules: [capped] }, { profile }).ids).toBe('bcd');
  expect(build({ rules: [{ ...capped, max: 3 }] }, { profile }).ids).toBe('abc');
  const tagged = { type: 'visitor-cap', tag: 'rain', max: 3, days: 7 } as const;
  expect(build({ rules: [tagged] }, { profile }).ids).toBe('acd');
  expect(build({ rules: [tagged] }).ids).toBe('abc');
  const seen = { ...profile, counters: { 'slot:grid': [day, 2] } };
  const slotCap = { type: 'visitor-cap', each: 'slot', max: 2, days: 7 } as const;
  for (const over of [{}, { kind: 'shelves' }, { kind: 'variant', per: 'item' }] as const) {
    const more = { profile: seen, authored: ['a', 'elsewhere'] };
    expect(build({ ...over, rules: [slotCap] }, more).ids).toBe('');
    expect(build({ ...over, rules: [{ ...slotCap, max: 3 }] }, more).ids).not.toBe('');
  }
});

test('rules give way in the declared order, no more of them than need to, and say so', () => {
  const rules = [
    { type: 'cap', group: 'coats', max: 1, relax: 2 },
    { type: 'cap', group: 'cups', max: 1, relax: 1 },
  ] as const;
  const relaxed = build({ rules });
  expect(relaxed.ids).toBe('acd');
  expect(relaxed.codes).toEqual(['rule_relaxed']);
  expect(relaxed.diagnostics[0]?.message).toContain('"group":"cups"');
  expect(build({ k: 4, rules }).codes).toEqual(['rule_relaxed', 'rule_relaxed']);
  expect(build({ k: 2, rules }).codes).toEqual([]);
  const impossible = build({ rules: [{ type: 'minimum', tag: 'snow', min: 1 }] });
  expect(impossible).toMatchObject({ ids: '', codes: ['rules_unsatisfiable'] });
  expect(build({ rules: [{ type: 'minimum', tag: 'snow', min: 1, relax: 1 }] }).ids).toBe('abc');
});

test('each objective moves what it is about', () => {
  const first = (objective: NonNullable<SlotSpec['objectives']>[number], more = {}) =>
    build({ k: 1, objectives: [objective] }, more).ids;
  expect(first({ type: 'attribute', attribute: 'margin', weight: 0.3 })).toBe('a');
  expect(first({ type: 'attribute', attribute: 'margin', weight: 0.4 })).toBe('b');
  expect(first({ type: 'freshness', halfLifeDays: 10, weight: 0.5 })).toBe('b');
  const day = Math.floor(now / 86_400_000);
  const profile = { ...emptyProfile(0, 'v'), counters: { 'item:a': [day, 1] } };
  expect(first({ type: 'novelty', weight: 0.5 }, { profile })).toBe('b');
});

test('calibration gives each taste its share; the divergence is that of its definition', () => {
  const profile = {
    ...emptyProfile(0, 'v'),
    affinities: { rain: [2, now], coffee: [2, now] } as const,
  };
  const calibrated = build({ objectives: [{ type: 'calibration', weight: 5 }] }, { profile });
  // Half rain, half coffee: after a comes c; then b or a second coffee would do, and there is no other coffee.
  expect(calibrated.ids).toBe('acb');
  expect(build({ objectives: [{ type: 'calibration', weight: 5 }] }).ids).toBe('abc');
});

test('squarecb: inverse gaps for probabilities, greedy and a diagnostic for anything else', () => {
  const policy = { type: 'squarecb', gamma: 10 } as const;
  const { slate } = build({ k: 1, policy }, { output: 'probability', scores: [0.5, 0.4, 0.3, 0.1] });
  expect(slate[0]?.arms).toEqual(['a', 'b', 'c', 'd']);
  const propensities = ['b', 'c', 'd'].map((id) =>
    propensityOf(
      { ...request, output: 'probability', scores: [0.5, 0.4, 0.3, 0.1], slot: { ...slot, k: 1, policy } },
      [id],
    ),
  );
  [1 / 5, 1 / 6, 1 / 8].forEach((expected, i) => {
    expect(propensities[i]).toBeCloseTo(expected, 6);
  });
  expect(build({ policy })).toMatchObject({ ids: 'abc', codes: ['policy_output'] });
});

test('thompson draws with a quarter of the deviations, or with the spread that it is told, of parts too', () => {
  const spreadsOf = (policy: object, kind: 'list' | 'shelves' | 'variant') => {
    const spreads = new Set<number | undefined>();
    const sampleScores: SlateRequest['sampleScores'] = (_, __, spread) => {
      spreads.add(spread);
      return request.scores;
    };
    build(
      {
        kind,
        k: 1,
        policy: { type: 'thompson', ...policy },
        ...(kind === 'variant' && { per: 'item' as const }),
      },
      { sampleScores },
    );
    return [...spreads];
  };
  for (const kind of ['list', 'shelves', 'variant'] as const) {
    expect(spreadsOf({}, kind)).toEqual([0.25]);
    expect(spreadsOf({ spread: 1 }, kind)).toEqual([1]);
  }
});

test('shelves: the better group first, the product of both draws, rules within each', () => {
  const shelves = build({ kind: 'shelves', k: 2, rules: [{ type: 'pin', item: 'd', position: 0 }] });
  expect(shelves.slate.map(({ shelf, id }) => `${shelf} ${id}`)).toEqual([
    'coats a',
    'coats b',
    'cups d',
    'cups c',
  ]);
  const pinned = build({
    kind: 'shelves',
    k: 1,
    shelves: { rules: [{ type: 'pin', item: 'cups', position: 0 }] },
  });
  expect(pinned.ids).toBe('ca');
  const policy = { type: 'epsilon', epsilon: 0.5 } as const;
  const { slate } = build({ kind: 'shelves', k: 1, policy });
  expect(slate[0]?.propensity).toBeOneOf([0.75 * 0.75, 0.75 * 0.25, 0.25 * 0.75, 0.25 * 0.25]);
});

test('a shelf of which the rules leave nothing is not drawn', () => {
  const cap = { type: 'visitor-cap', tag: 'rain', max: 0, days: 7 } as const;
  const shelves = { policy: { type: 'epsilon', epsilon: 0.5 } } as const;
  for (let seed = 0; seed < 20; seed++) {
    const { slate } = build({ kind: 'shelves', k: 1, rules: [cap], shelves }, { seed: `${seed}` });
    expect(slate).toMatchObject([{ shelf: 'cups', propensity: 1 }]);
  }
});

test('a variant for each parent, in authored order', () => {
  const variants = items.map((item, i) => ({ ...item, parent: i % 2 ? 'odd' : 'even' }));
  const { k: _, ...rest } = slot;
  const slate = fullSlateKinds.build({
    ...request,
    slot: { ...rest, kind: 'variant', per: 'item' },
    items: variants,
    scores: [1, 2, 3, 4],
  });
  expect(slate.map(({ id }) => id)).toEqual(['c', 'd']);
});

const day = 86_400_000;
// 2026-06-01 is a Monday.
const calendars = [
  ['daily', [0, 1, 2, 3, 4, 5, 6, 7]],
  ['weekly:monday', [0, 0, 0, 0, 0, 0, 0, 1]],
  ['weekly:wednesday', [0, 0, 1, 1, 1, 1, 1, 1]],
] as const;
const visitor: Profile = { ...emptyProfile(now, 'v'), createdAt: now - 40 * day };
const period = (cadence: Cadence, more: Partial<SlateRequest> = {}) =>
  periodOf({ slot: { ...slot, cadence }, seed: 'p', profile: visitor, now, ...more });

test('a cadence keeps the seed until the visit, the day or the week is over, and what was shown as long', () => {
  expect(period('always').seed).toBe('p');
  expect(period('always').holds(now)).toBe(false);
  expect(period('session').seed).toBe('v');
  expect(period('session').holds(now)).toBe(true);
  expect(period('session').holds(now - 1)).toBe(false);
  for (const [cadence, days] of calendars) {
    const periods = days.map((_, later) => period(cadence, { now: now + later * day }));
    const seeds = periods.map(({ seed }) => seed);
    expect(seeds.map((seed) => [...new Set(seeds)].indexOf(seed))).toEqual(days);
    // What was shown on the one day stays on the other exactly where the seed does.
    for (const { holds, seed } of periods) {
      expect(days.map((_, then) => holds(now + then * day))).toEqual(seeds.map((other) => other === seed));
    }
  }
});

test('without a profile the seed is of the page', () => {
  for (const cadence of ['always', 'session', 'daily', 'weekly:monday'] as const) {
    expect(period(cadence, { profile: undefined }).seed).toMatch(/^p/);
  }
});

test('the day is the day where the visitor is', () => {
  const at = (time: string) => Date.parse(`${time}:00Z`);
  const local = (weekday: number, hour: number | 'unknown') => ({
    context: createContext({ time: { weekday, hour } }),
  });
  // Ten hours ahead it is Monday from Sunday, 14:00 on.
  const east = { now: at('2026-05-31T23:00'), ...local(1, 9) };
  expect(period('weekly:monday', east).seed).toBe(period('weekly:monday').seed);
  expect(period('daily', east).holds(at('2026-05-31T14:00'))).toBe(true);
  expect(period('daily', east).holds(at('2026-05-31T13:59'))).toBe(false);
  expect(period('daily', east).holds(at('2026-06-01T13:59'))).toBe(true);
  expect(period('weekly:monday', { now: east.now }).seed).not.toBe(period('weekly:monday').seed);
  // Eight hours behind it is Monday until Tuesday, 08:00.
  const west = { now: at('2026-06-02T01:00'), ...local(1, 17) };
  expect(period('daily', west).seed).toBe(period('daily').seed);
  expect(period('daily', west).holds(at('2026-06-01T08:00'))).toBe(true);
  expect(period('daily', west).holds(at('2026-06-01T07:59'))).toBe(false);
  expect(period('daily', { now: west.now, ...local(1, 'unknown') }).seed).toBe(period('daily').seed);
});

const remembering = (items: readonly string[], more: Partial<DecisionSummary> = {}): Profile => ({
  ...visitor,
  decisions: [{ id: 'd', slot: 'grid', at: now, source: 'ranker', items, ...more }],
});

test('what was shown in the period stays, whatever the scores say now; what may not be shown makes room', () => {
  const later = (profile: Profile, over: Partial<SlotSpec> = {}, more: Partial<SlateRequest> = {}) =>
    build({ cadence: 'daily', ...over }, { profile, now: now + 3_600_000, ...more });
  const kept = later(remembering(['d', 'b', 'c']));
  expect(kept.ids).toBe('dbc');
  expect(kept.slate.map(({ via, propensity, arms }) => [via, propensity, arms])).toEqual([
    ['stay', 1, ['d']],
    ['stay', 1, ['b']],
    ['stay', 1, ['c']],
  ]);
  expect(later(remembering(['d', 'ghost', 'b', 'c']), {}, { excluded: new Set(['b']) }).ids).toBe('dca');
  expect(later(remembering(['d', 'b', 'c']), { rules: [{ type: 'exclude', item: 'd' }] }).ids).toBe('bca');
  expect(later(remembering(['d', 'b']), { rules: [{ type: 'pin', item: 'c', position: 0 }] }).ids).toBe(
    'cdb',
  );
  expect(later(remembering(['d', 'b'])).slate.map(({ via }) => via)).toEqual(['stay', 'stay', 'rank']);
  // Another day, another slot, the authored order of a holdout, and a page that asks anew each time.
  expect(later(remembering(['d', 'b', 'c']), {}, { now: now + day }).ids).toBe('abc');
  expect(later(remembering(['d', 'b', 'c'], { slot: 'other' })).ids).toBe('abc');
  expect(later(remembering(['d', 'b', 'c'], { source: 'authored' })).ids).toBe('abc');
  expect(later(remembering(['d', 'b', 'c']), { cadence: 'always' }).ids).toBe('abc');
});

test('shelves stay in their order, and the items in them', () => {
  const profile = remembering(['d', 'c', 'b', 'a']);
  const over = { kind: 'shelves', k: 2, cadence: 'daily' } as const;
  expect(build(over).ids).toBe('abcd');
  expect(build(over, { profile }).ids).toBe('dcba');
});

test('the probability of a slate that stays is 1', () => {
  const asked = { ...request, profile: remembering(['d', 'b', 'c']) };
  const policy = { type: 'softmax', temperature: 5 } as const;
  const over = { ...slot, policy, cadence: 'daily' } as const;
  expect(propensityOf({ ...asked, slot: over }, ['d', 'b', 'c'])).toBe(1);
  expect(propensityOf({ ...asked, slot: over }, ['a', 'b', 'c'])).toBe(0);
});

test('a name that is not known is refused, and named', () => {
  const unknown: readonly [object, string][] = [
    [{ kind: 'carousel' }, 'carousel'],
    [{ policy: { type: 'ucb' } }, 'ucb'],
    [{ rules: [{ type: 'constructor' }] }, 'constructor'],
    [{ objectives: [{ type: 'profit' }] }, 'profit'],
    [{ cadence: 'hourly' }, 'hourly'],
    [{ cadence: 'weekly:someday' }, 'someday'],
  ];
  for (const [over, name] of unknown) {
    expect(() => slateKindsFor([{ ...slot, ...over }])).toThrow(`found ${name}`);
  }
  expect(slateKindsFor([slot])).toBe(fullSlateKinds);
});
