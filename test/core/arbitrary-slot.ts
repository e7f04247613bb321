import type { Item, Match, ObjectiveSpec, PolicySpec, RuleSpec, SlateRequest, SlotSpec } from '@inkling/core';
import fc from 'fast-check';

const TAGS = ['rain', 'coffee', '__proto__'];
const GROUPS = ['shop', 'journal'];
const BRANDS = ['peak', 'sea', 'constructor'];

const items = (max: number): fc.Arbitrary<readonly Item[]> =>
  fc.uniqueArray(
    fc.record(
      {
        id: fc.constantFrom(...'abcdefghij'),
        tags: fc.subarray(TAGS),
        group: fc.constantFrom(...GROUPS),
        parent: fc.constantFrom('x', 'y'),
        available: fc.boolean(),
        publishedAt: fc.constantFrom('2026-01-01', '2026-05-30', 'never'),
        attributes: fc.record({ brand: fc.constantFrom(...BRANDS), margin: fc.integer({ min: 0, max: 9 }) }),
      },
      { requiredKeys: ['id'] },
    ),
    { selector: ({ id }) => id, minLength: 1, maxLength: max },
  );

const match: fc.Arbitrary<Match> = fc.oneof(
  fc.record({ item: fc.constantFrom(...'abcdefghij') }),
  fc.record({ tag: fc.constantFrom(...TAGS) }),
  fc.record({ group: fc.constantFrom(...GROUPS) }),
  fc.record({ attribute: fc.constant('brand'), value: fc.constantFrom(...BRANDS) }),
);

const each = fc.oneof(
  fc.record({ each: fc.constantFrom('group' as const, 'parent' as const, 'tag' as const) }),
  fc.record({ attribute: fc.constant('brand') }),
);

const rule: fc.Arbitrary<RuleSpec> = fc
  .tuple(
    fc.oneof<fc.Arbitrary<RuleSpec>[]>(
      fc.record({
        type: fc.constant('pin' as const),
        item: fc.constantFrom(...'abcdefghij'),
        position: fc.nat(4),
      }),
      match.map((of) => ({ type: 'only' as const, ...of })),
      match.map((of) => ({ type: 'exclude' as const, ...of })),
      fc.record({
        type: fc.constant('stock' as const),
        attribute: fc.constant('margin'),
        atLeast: fc.nat(5),
      }),
      match.map((of) => ({ type: 'schedule' as const, until: '2026-05-01', ...of })),
      fc
        .tuple(match, fc.double({ min: 0.1, max: 10, noNaN: true }))
        .map(([of, factor]) => ({ type: 'boost' as const, factor, ...of })),
      match.map((of) => ({ type: 'bury' as const, ...of })),
      fc.tuple(fc.oneof(match, each), fc.nat(2)).map(([of, max]) => ({ type: 'cap' as const, max, ...of })),
      fc
        .tuple(match, fc.integer({ min: 1, max: 2 }))
        .map(([of, min]) => ({ type: 'minimum' as const, min, ...of })),
      fc
        .tuple(fc.oneof(match, fc.constant({ each: 'item' as const })), fc.nat(2))
        .map(([of, max]) => ({ type: 'visitor-cap' as const, max, days: 7, ...of })),
    ),
    fc.option(fc.nat(3), { nil: undefined, freq: 3 }),
  )
  .map(([spec, relax]) => (relax === undefined ? spec : { ...spec, relax }));

const policy: fc.Arbitrary<PolicySpec> = fc.oneof(
  fc.constant({ type: 'greedy' } as const),
  fc.record(
    {
      type: fc.constant('epsilon' as const),
      epsilon: fc.double({ min: 0, max: 1, noNaN: true }),
      top: fc.integer({ min: 1, max: 20 }),
      fresh: match,
    },
    { requiredKeys: ['type', 'epsilon'] },
  ),
  fc.record({
    type: fc.constant('softmax' as const),
    temperature: fc.double({ min: 0.05, max: 5, noNaN: true }),
  }),
  fc.record(
    {
      type: fc.constant('squarecb' as const),
      gamma: fc.double({ min: 0, max: 100, noNaN: true }),
      top: fc.integer({ min: 1, max: 20 }),
    },
    { requiredKeys: ['type', 'gamma'] },
  ),
  fc.record(
    {
      type: fc.constant('thompson' as const),
      epsilon: fc.double({ min: 0.01, max: 1, noNaN: true }),
      spread: fc.double({ min: 0.01, max: 1, noNaN: true }),
      fresh: match,
    },
    { requiredKeys: ['type'] },
  ),
);

const weight = fc.double({ min: 0, max: 2, noNaN: true });
const objective: fc.Arbitrary<ObjectiveSpec> = fc.oneof(
  fc.record({ type: fc.constant('calibration' as const), weight }),
  fc.record({ type: fc.constant('freshness' as const), weight, halfLifeDays: fc.constantFrom(1, 30) }),
  fc.record({ type: fc.constant('attribute' as const), weight, attribute: fc.constant('margin') }),
  fc.record({ type: fc.constant('novelty' as const), weight }),
);

const slot = (kinds: readonly SlotSpec['kind'][]): fc.Arbitrary<SlotSpec> =>
  fc
    .record(
      {
        id: fc.constant('grid'),
        kind: fc.constantFrom(...kinds),
        per: fc.constant('item' as const),
        k: fc.integer({ min: 1, max: 4 }),
        decide: fc.constant('client' as const),
        policy,
        rules: fc.array(rule, { maxLength: 4 }),
        diversity: fc.record({ lambda: fc.double({ min: 0, max: 1, noNaN: true }) }),
        objectives: fc.array(objective, { maxLength: 2 }),
        shelves: fc.record({ k: fc.integer({ min: 1, max: 2 }) }, { requiredKeys: [] }),
      },
      { requiredKeys: ['id', 'kind', 'decide', 'policy', 'rules'] },
    )
    .map(({ per, ...rest }) => (per && rest.kind === 'variant' ? { ...rest, per } : rest));

export interface SlotOptions {
  /** How many candidates at most. */
  readonly items: number;
  readonly kinds: readonly SlotSpec['kind'][];
}

/** Requests for a slate with every kind of rule, policy and objective. */
export function arbitraryRequest({ items: max, kinds }: SlotOptions): fc.Arbitrary<SlateRequest> {
  return fc
    .record({
      items: items(max),
      scores: fc.array(fc.constantFrom(0.1, 0.2, 0.3, 0.5, 0.9), { minLength: max, maxLength: max }),
      slot: slot(kinds),
      output: fc.constantFrom('probability' as const, 'logit' as const, 'utility' as const),
      seed: fc.string({ maxLength: 8 }),
      excluded: fc.subarray(['a', 'b', 'zz']),
      authored: fc.subarray(['a', 'k', 'l', 'zz']),
      shown: fc.array(
        fc.tuple(fc.constantFrom('item:a', 'item:b', 'tag:rain'), fc.integer({ min: 1, max: 3 })),
      ),
    })
    .map(({ shown, excluded, ...request }) => ({
      ...request,
      excluded: new Set(excluded),
      now: NOW,
      profile: {
        format: 2,
        createdAt: 0,
        visit: { seed: 'v', startedAt: 0, lastAt: 0, pages: 1, cart: 0, count: 1 },
        affinities: { rain: [3, NOW], coffee: [1, NOW] },
        recents: [],
        dismissed: [],
        counters: Object.fromEntries(shown.map(([key, times]) => [key, [Math.floor(NOW / DAY), times]])),
        posterior: {},
        decisions: [],
      },
      // Scores that differ from sample to sample, as those of a posterior would.
      sampleScores: (_, sample, spread = 1) =>
        request.scores.map((score, i) => score + (spread * ((sample * (i + 3)) % 7)) / 10),
    }));
}

const DAY = 86_400_000;
const NOW = Date.parse('2026-06-01T12:00:00Z');
