import type { Item } from '../../item.ts';
import { log } from '../../math.ts';
import { type CounterKey, countSince } from '../../profile/counters.ts';
import type { Each, Match, RuleSpec } from '../rule.ts';
import type { SlateRequest } from '../slate-request.ts';
import type { KindTable } from './kind-table.ts';
import { matchesAny } from './matches-any.ts';
import type { Terms } from './terms.ts';

/** What each type of rule adds to the terms. */
export const ruleKinds: KindTable<RuleSpec, [terms: Terms, request: SlateRequest], void> = {
  pin(rule, { pins }) {
    pins.push(rule);
  },
  only(rule, { filters }) {
    filters.push((item) => matchesAny(item, rule));
  },
  exclude(rule, { filters }) {
    filters.push((item) => !matchesAny(item, rule));
  },
  stock({ attribute, atLeast = 1 }, { filters }) {
    filters.push(({ attributes }) => !((attributes?.[attribute] as number) < atLeast));
  },
  schedule(rule, { filters }, { now }) {
    const closed = now < Date.parse(rule.from ?? '') || now >= Date.parse(rule.until ?? '');
    if (closed) filters.push((item) => !matchesAny(item, rule));
  },
  boost(rule, { boosts }, { output }) {
    const gain = log(rule.factor);
    boosts.push((item, score) => {
      if (!matchesAny(item, rule)) return 0;
      return output === 'probability' ? score * (rule.factor - 1) : gain;
    });
  },
  bury(rule, { buried }) {
    buried.push((item) => matchesAny(item, rule));
  },
  cap(rule, { filters, quotas }, { items }) {
    const { max } = rule;
    if (isEach(rule)) {
      for (const key of new Set(items.flatMap((item) => keysOf(item, rule)))) {
        quotas.push({ of: (item) => keysOf(item, rule).includes(key), min: 0, max });
      }
    } else if (max < 1) filters.push((item) => !matchesAny(item, rule));
    else quotas.push({ of: (item) => matchesAny(item, rule), min: 0, max });
  },
  minimum(rule, { quotas }) {
    quotas.push({ of: (item) => matchesAny(item, rule), min: rule.min, max: Infinity });
  },
  'visitor-cap'(rule, { filters, quotas }, { slot, profile, now }) {
    const left = (key: CounterKey) => rule.max - (profile ? countSince(profile, key, rule.days, now) : 0);
    // Several of a tag in one slate are several exposures.
    if ('tag' in rule) {
      quotas.push({
        of: (item) => matchesAny(item, rule),
        min: 0,
        max: Math.max(0, left(`tag:${rule.tag}`)),
      });
    } else {
      const keyOf = ({ id }: Item): CounterKey =>
        // A shelf or a parent is a slot by the name of its slot and its own.
        'each' in rule && rule.each === 'slot' ? `slot:${slot.id.split(' ')[0]}` : `item:${id}`;
      filters.push((item) => left(keyOf(item)) > 0 || !('each' in rule || matchesAny(item, rule)));
    }
  },
};

function isEach(rule: Match | Each): rule is Each {
  return 'each' in rule || ('attribute' in rule && !('value' in rule));
}

/** The groups, parents, tags or values of an item that a rule counts by. */
function keysOf(item: Item, rule: Each): readonly (string | number | boolean)[] {
  if ('each' in rule && rule.each === 'tag') return item.tags ?? [];
  const key = 'each' in rule ? item[rule.each as 'group' | 'parent'] : item.attributes?.[rule.attribute];
  return key === undefined ? [] : [key].flat();
}
