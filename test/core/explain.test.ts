import { type DecideRequest, type Decision, decide, type Item, type Scorer } from '@inkling/core';
import { explain, smallestChange, whatIf, whyNot } from '@inkling/core/explain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encoder, request, SENSITIVE, spec } from './arbitrary-decision.ts';
import { propertyRuns } from './property-runs.ts';

const itemsOf = ({ candidates }: DecideRequest): readonly Item[] => candidates.map(({ item }) => item);

/** The value of a coalition by its definition, one ranker run at a time; groups outside are unknown. */
function coalitionValue(
  asked: DecideRequest,
  rows: readonly number[],
  coalition: ReadonlySet<string>,
): number {
  const features = encoder.encode({ ...asked, items: itemsOf(asked) });
  const scores = rows.map((row) => {
    const masked = encoder.unknown.map((unknown, column) => {
      const group = spec.features[encoder.featureOf[column] as number]?.group as string;
      return coalition.has(group) ? (features[row * encoder.width + column] as number) : unknown;
    });
    const ranked = Float32Array.from((asked.scorer as Scorer)(masked, 1));
    return asked.adapter?.adapt(asked.profile?.posterior, { ranked, features: masked })[0] as number;
  });
  const [own = 0, ...others] = scores;
  return own - (others.length > 0 ? others.reduce((a, b) => a + b) / others.length : 0);
}

/** Eight evenly ranked other feasible candidates, again by the words of the definition. */
function referencesOf(asked: DecideRequest, decision: Decision, row: number): readonly number[] {
  const items = itemsOf(asked);
  const features = encoder.encode({ ...asked, items });
  const scores =
    asked.adapter?.adapt(asked.profile?.posterior, {
      ranked: decision.ranking?.ranked as Float32Array,
      features,
    }) ?? [];
  const barred = asked.slot.rules.flatMap((rule) =>
    rule.type === 'exclude' && 'tag' in rule ? [rule.tag] : [],
  );
  const others = items
    .map((item, index) => ({ item, index, score: scores[index] as number }))
    .filter(
      ({ item, index }) =>
        index !== row &&
        item.available !== false &&
        !asked.shown.has(item.id) &&
        !asked.profile?.dismissed.includes(item.id) &&
        !barred.some((tag) => item.tags?.includes(tag)),
    )
    .sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1));
  const count = Math.min(8, others.length);
  return Array.from(
    { length: count },
    (_, i) => others[Math.floor(((i + 0.5) * others.length) / count)]?.index ?? -1,
  );
}

test('efficiency: contributions sum to v(all) - v(none) within 1e-5, what was learnt included', () => {
  fc.assert(
    fc.property(request, (asked) => {
      const decision = decide(asked);
      const id = decision.chosen[0]?.id;
      fc.pre(id !== undefined);
      const row = itemsOf(asked).findIndex((item) => item.id === id);
      const rows = [row, ...referencesOf(asked, decision, row)];
      const all = new Set(spec.groups.map((group) => group.id));
      const whole = coalitionValue(asked, rows, all) - coalitionValue(asked, rows, new Set());
      const { contributions } = explain(decision, id ?? '');
      expect(contributions).toHaveLength(spec.groups.length);
      const sum = contributions.reduce((total, { contribution }) => total + contribution, 0);
      expect(Math.abs(sum - whole)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(whole)));
    }),
    propertyRuns(),
  );
});

test('each contribution is the mean of what the group adds, over all orders in which groups may come', () => {
  const orders = permutations(spec.groups.map(({ id }) => id));
  fc.assert(
    fc.property(request, (asked) => {
      const decision = decide(asked);
      const id = decision.chosen.at(-1)?.id;
      fc.pre(id !== undefined);
      const row = itemsOf(asked).findIndex((item) => item.id === id);
      const rows = [row, ...referencesOf(asked, decision, row)];
      const known = new Map<string, number>();
      const value = (coalition: readonly string[]) => {
        const key = [...coalition].sort().join();
        const v = known.get(key) ?? coalitionValue(asked, rows, new Set(coalition));
        known.set(key, v);
        return v;
      };
      for (const { group, contribution } of explain(decision, id ?? '').contributions) {
        const gains = orders.map((order) => {
          const before = order.slice(0, order.indexOf(group));
          return value([...before, group]) - value(before);
        });
        const mean = gains.reduce((a, b) => a + b) / gains.length;
        expect(Math.abs(contribution - mean)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(mean)));
      }
    }),
    propertyRuns(0.25),
  );
});

test('the ranker is asked once, and not about groups of which nothing is known', () => {
  fc.assert(
    fc.property(request, (asked) => {
      const calls: number[] = [];
      const scorer: Scorer = (features, rows) => {
        calls.push(rows);
        return (asked.scorer as Scorer)(features, rows);
      };
      const decision = decide({ ...asked, scorer });
      const { id } = decision.chosen[0] ?? {};
      fc.pre(id !== undefined);
      calls.length = 0;
      const { contributions } = explain(decision, id ?? '');
      expect(calls).toHaveLength(1);
      const unknown = ['weather', 'device'].filter((group) =>
        group === 'weather'
          ? asked.context.weather.condition === 'unknown'
          : asked.context.device.form === 'unknown',
      );
      for (const { group, contribution } of contributions)
        if (unknown.includes(group)) expect(contribution).toBe(0);
      expect(calls[0]).toBeLessThanOrEqual(
        9 * (2 ** (spec.groups.length - unknown.length) + spec.features.length),
      );
    }),
    propertyRuns(0.5),
  );
});

test('no sentence mentions a sensitive tag, whatever is asked', () => {
  fc.assert(
    fc.property(request, (asked) => {
      const decision = decide(asked);
      for (const { id } of itemsOf(asked)) {
        const said = [
          ...explain(decision, id, { sensitive: SENSITIVE, limit: 10 }).reasons.map(
            ({ sentence }) => sentence,
          ),
          JSON.stringify(whyNot(decision, id)),
        ].join(' ');
        for (const tag of SENSITIVE) expect(said).not.toContain(tag);
      }
    }),
    propertyRuns(),
  );
});

test('reasons: at most three, favourable, the most important first; what alone decided before them', () => {
  fc.assert(
    fc.property(request, (asked) => {
      const decision = decide(asked);
      for (const { id, via } of decision.chosen) {
        const { reasons } = explain(decision, id);
        expect(reasons.length).toBeLessThanOrEqual(3);
        const alone = reasons.findIndex(
          ({ group }) => group === 'pin' || group === 'explore' || group === 'diversity',
        );
        expect(alone).toBeLessThanOrEqual(0);
        if (via === 'pin' || via === 'explore') expect(reasons[0]?.group).toBe(via);
        const rest = reasons.slice(alone + 1).map(({ contribution }) => contribution);
        expect(rest).toEqual([...rest].sort((a, b) => b - a));
        expect(rest.every((contribution) => contribution > 0)).toBe(true);
      }
    }),
    propertyRuns(0.5),
  );
});

test('why not: the cause is one that holds, and every item has one', () => {
  fc.assert(
    fc.property(request, (asked) => {
      const decision = decide(asked);
      for (const item of itemsOf(asked)) {
        const { cause, rule, rival } = whyNot(decision, item.id);
        const isHere = decision.chosen.some(({ id }) => id === item.id);
        expect(cause === 'here').toBe(isHere);
        expect(cause === 'unavailable').toBe(!isHere && item.available === false);
        if (cause === 'dismissed') expect(asked.profile?.dismissed).toContain(item.id);
        if (cause === 'shown') expect(asked.shown).toContain(item.id);
        if (cause === 'rule') expect(asked.slot.rules[rule ?? -1]).toBeDefined();
        if (cause === 'outscored') expect(decision.chosen.map(({ id }) => id)).toContain(rival);
      }
      expect(whyNot(decision, 'nowhere').cause).toBe('not-considered');
    }),
    propertyRuns(0.5),
  );
});

test('the smallest change does what it says, by what-if', () => {
  let found = 0;
  fc.assert(
    fc.property(request, (asked) => {
      const decision = decide({ ...asked, slot: { ...asked.slot, policy: { type: 'greedy' } } });
      const change = smallestChange(decision);
      if (!change) return;
      found++;
      const [area = '', field = ''] = change.signal.split('.');
      const { decision: then, moves } = whatIf(decision, { context: { [area]: { [field]: change.to } } });
      expect(then.chosen[0]?.id).toBe(change.first);
      expect(change.first).not.toBe(decision.chosen[0]?.id);
      if (change.first !== undefined) expect(moves.find(({ item }) => item === change.first)?.to).toBe(0);
    }),
    propertyRuns(),
  );
  expect(found).toBeGreaterThan(20);
});

test('nothing changed, nothing moves', () => {
  fc.assert(
    fc.property(request, (asked) => {
      expect(whatIf(decide(asked), {}).moves).toEqual([]);
    }),
    propertyRuns(0.25),
  );
});

function permutations<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length === 0) return [[]];
  return all.flatMap((first) =>
    permutations(all.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  );
}
