import {
  basicSlateKinds,
  beyondBasic,
  type Item,
  type RuleSpec,
  type SlateItem,
  type SlateRequest,
  WHOLE,
} from '@inkling/core';
import { fullSlateKinds, propensityOf } from '@inkling/core/full';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryRequest } from './arbitrary-slot.ts';
import { propertyRuns, RUNS } from './property-runs.ts';

const build = (request: SlateRequest) => {
  const diagnostics: { code: string; message: string; stage: string; at: number }[] = [];
  return { slate: fullSlateKinds.build({ ...request, diagnostics }), diagnostics };
};
const product = (slate: readonly SlateItem[]) => slate.reduce((all, { propensity }) => all * propensity, 1);
const idsOf = (slate: readonly SlateItem[]) => slate.map(({ id }) => id);

test('hard rules are never violated, whatever is drawn', () => {
  fc.assert(
    fc.property(arbitraryRequest({ items: 9, kinds: ['order', 'list'] }), (request) => {
      const { slate, diagnostics } = build(request);
      expect(new Set(idsOf(slate)).size).toBe(slate.length);
      expect(slate.map(({ position }) => position)).toEqual(slate.map((_, position) => position));
      const gone = new Set(
        diagnostics.filter(({ code }) => code === 'rule_relaxed').map(({ message }) => message),
      );
      for (const rule of request.slot.rules) {
        const gaveWay =
          rule.relax !== undefined && [...gone].some((message) => message.includes(JSON.stringify(rule)));
        if (!gaveWay && slate.length > 0) expectKept(rule, slate, request);
      }
      for (const { id } of slate) {
        expect(request.excluded.has(id)).toBe(false);
        expect(request.items.find((item) => item.id === id)?.available).not.toBe(false);
      }
    }),
    propertyRuns(3),
  );
});

test('a rule that cannot be kept gives an empty slate only when no slate keeps the hard rules', () => {
  fc.assert(
    fc.property(arbitraryRequest({ items: 5, kinds: ['list'] }), (request) => {
      const hard = request.slot.rules.filter(({ relax }) => relax === undefined);
      const { slate, diagnostics } = build({
        ...request,
        authored: [],
        slot: { ...request.slot, rules: hard },
      });
      if (!diagnostics.some(({ code }) => code === 'rules_unsatisfiable')) return;
      expect(slate).toEqual([]);
      const minimums = hard.filter(({ type }) => type === 'minimum');
      const pins = hard.filter(({ type }) => type === 'pin');
      const others = hard.filter(({ type }) => type !== 'minimum' && type !== 'pin');
      // Any set of items that keeps all but the pins must fail some minimum, if nothing is pinned.
      if (pins.length > 0) return;
      const { items, slot } = request;
      const places = slot.k ?? items.length;
      for (let mask = 0; mask < 2 ** items.length; mask++) {
        const set = items.filter((_, i) => (mask >> i) & 1);
        if (
          set.length > places ||
          set.some(({ id, available }) => available === false || request.excluded.has(id))
        )
          continue;
        const asSlate = set.map(({ id }) => ({ id }) as SlateItem);
        if (!others.every((rule) => keeps(rule, asSlate, request))) continue;
        expect(minimums.every((rule) => keeps(rule, asSlate, request))).toBe(false);
      }
    }),
    propertyRuns(2),
  );
});

test('the propensities of all slates sum to 1, and each is what was recorded', () => {
  fc.assert(
    fc.property(arbitraryRequest({ items: 4, kinds: ['order', 'list', 'variant', 'shelves'] }), (request) => {
      const { slate } = build(request);
      // The factors of shelves come in another order.
      expect(propensityOf(request, idsOf(slate)) / product(slate)).toBeCloseTo(1, 12);
      const total = slatesOf(request).reduce((sum, ids) => sum + propensityOf(request, ids), 0);
      expect(Math.abs(total - 1)).toBeLessThan(1e-9);
    }),
    propertyRuns(0.25),
  );
});

test('at every position the shares of all arms sum to 2^24', () => {
  fc.assert(
    fc.property(arbitraryRequest({ items: 8, kinds: ['list'] }), (request) => {
      const { slate } = build(request);
      for (const { arms, via, propensity, position } of slate) {
        if (via === 'pin' || via === 'fill') {
          expect(propensity).toBe(1);
          continue;
        }
        const before = idsOf(slate.slice(0, position));
        const shares = arms.map((arm) => shareAfter(request, before, arm) * WHOLE);
        expect(shares.every(Number.isInteger)).toBe(true);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(WHOLE);
      }
    }),
    propertyRuns(1),
  );
});

test('both vocabularies give the same slate where both know the words; the same request gives the same slate', () => {
  fc.assert(
    fc.property(arbitraryRequest({ items: 9, kinds: ['order', 'list', 'variant'] }), (given) => {
      const { objectives: _, per: __, ...slot } = given.slot;
      const rules = slot.rules.filter(({ type }) => ['pin', 'only', 'exclude'].includes(type));
      const epsilon = { type: 'epsilon', epsilon: 0.4, top: 3 } as const;
      const policy = ['greedy', 'epsilon'].includes(slot.policy.type) ? slot.policy : epsilon;
      const request = { ...given, slot: { ...slot, rules, policy } };
      if (beyondBasic([request.slot])) return;
      const slate = basicSlateKinds.build(request);
      expect(build(request).slate).toEqual(slate);
      expect(basicSlateKinds.build(request)).toEqual(slate);
    }),
    propertyRuns(2),
  );
});

test('empirical frequencies match the propensities (χ², fixed seeds)', () => {
  const items = ['a', 'b', 'c', 'd'].map((id, i) => ({ id, tags: i % 2 ? ['rain'] : ['coffee'] }));
  const policies = [
    { type: 'epsilon', epsilon: 0.5, top: 3 },
    { type: 'softmax', temperature: 0.4 },
    { type: 'squarecb', gamma: 5 },
    { type: 'thompson', epsilon: 0.2 },
  ] as const;
  for (const policy of policies) {
    const request: SlateRequest = {
      slot: {
        id: 'grid',
        kind: 'list',
        k: 2,
        decide: 'client',
        policy,
        rules: [{ type: 'minimum', tag: 'rain', min: 1 }],
        diversity: { lambda: 0.8 },
      },
      items,
      scores: [0.6, 0.5, 0.4, 0.1],
      output: 'probability',
      excluded: new Set(),
      authored: [],
      seed: '',
      now: 0,
      sampleScores: (_, sample) =>
        [0.6, 0.5, 0.4, 0.1].map((score, i) => score + ((sample * (i + 2)) % 11) / 20),
    };
    const draws = Math.min(10 * RUNS, 40_000);
    const counts = new Map<string, number>();
    for (let i = 0; i < draws; i++) {
      const key = idsOf(fullSlateKinds.build({ ...request, seed: `draw ${i}` })).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    let statistic = 0;
    let cells = 0;
    for (const ids of slatesOf(request)) {
      const expected = draws * propensityOf(request, ids);
      const found = counts.get(ids.join('')) ?? 0;
      if (expected === 0) expect(found).toBe(0);
      else {
        statistic += (found - expected) ** 2 / expected;
        cells++;
      }
    }
    expect(cells).toBeGreaterThan(4);
    // Wilson and Hilferty's approximation of the quantile at 4 standard deviations.
    const n = cells - 1;
    expect(statistic).toBeLessThan(n * (1 - 2 / (9 * n) + 4 * Math.sqrt(2 / (9 * n))) ** 3);
  }
});

/** The share that an arm has after a prefix: of all slates that go on so, against all that share the prefix. */
function shareAfter(request: SlateRequest, before: readonly string[], arm: string): number {
  let share = 0;
  const follow = {
    ids: [...before, arm],
    meet: (propensity: number) => {
      share = propensity;
    },
  };
  const slate = fullSlateKinds.build({ ...request, follow } as SlateRequest);
  return slate[before.length]?.id === arm ? share : 0;
}

/** Every ordered choice of items, followed by any number of fills in authored order. */
function slatesOf({ items, authored }: SlateRequest): readonly (readonly string[])[] {
  const known = items.map(({ id }) => id);
  const fills = authored.filter((id) => !known.includes(id));
  const orders = (left: readonly string[]): readonly (readonly string[])[] => [
    [],
    ...left.flatMap((id) => orders(left.filter((other) => other !== id)).map((rest) => [id, ...rest])),
  ];
  const endings = fills.flatMap((_, from) =>
    fills.slice(from).map((__, more) => fills.slice(from, from + more + 1)),
  );
  return orders(known).flatMap((order) => [order, ...endings.map((ending) => [...order, ...ending])]);
}

function expectKept(rule: RuleSpec, slate: readonly SlateItem[], request: SlateRequest): void {
  expect(keeps(rule, slate, request), JSON.stringify(rule)).toBe(true);
}

/** Whether a slate keeps a rule, by the rule's own definition. */
function keeps(rule: RuleSpec, slate: readonly SlateItem[], { items, profile, slot }: SlateRequest): boolean {
  const chosen = slate.map(({ id }) => items.find((item) => item.id === id) ?? { id });
  const speaks = (item: Item) => {
    if ('item' in rule) return item.id === rule.item;
    if ('tag' in rule) return item.tags?.includes(rule.tag) ?? false;
    if ('group' in rule) return item.group === rule.group;
    return 'value' in rule && item.attributes?.[rule.attribute] === rule.value;
  };
  const shown = (key: string) =>
    Object.entries(profile?.counters ?? {}).find(([name]) => name === key)?.[1][1] ?? 0;
  switch (rule.type) {
    case 'only':
      return chosen.every(speaks);
    case 'exclude':
    case 'schedule':
      return !chosen.some(speaks);
    case 'stock':
      return chosen.every(({ attributes }) => !((attributes?.margin as number) < (rule.atLeast ?? 1)));
    case 'cap': {
      if (!('each' in rule) && !('attribute' in rule && !('value' in rule)))
        return chosen.filter(speaks).length <= rule.max;
      const keys = chosen.flatMap((item) =>
        'each' in rule
          ? rule.each === 'tag'
            ? (item.tags ?? [])
            : (item[rule.each] ?? [])
          : (item.attributes?.brand ?? []),
      );
      return keys.every((key) => keys.filter((other) => other === key).length <= rule.max);
    }
    case 'minimum':
      return chosen.filter(speaks).length >= rule.min;
    case 'visitor-cap':
      return 'tag' in rule
        ? chosen.filter(speaks).length <= Math.max(0, rule.max - shown(`tag:${rule.tag}`))
        : chosen.every((item) => !('each' in rule || speaks(item)) || shown(`item:${item.id}`) < rule.max);
    case 'pin': {
      const rivals = slot.rules.filter(
        (other) => other.type === 'pin' && (other.position === rule.position || other.item === rule.item),
      );
      const place = slate.findIndex(({ id, via }) => id === rule.item && via !== 'fill');
      // It stands there, or last in a shorter slate, or not at all because it may not be shown.
      return rivals.length > 1 || place < 0 || place === rule.position || place < rule.position;
    }
    default:
      return true;
  }
}
