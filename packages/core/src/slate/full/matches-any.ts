import type { Item } from '../../item.ts';
import { matches } from '../matches.ts';
import type { Match } from '../rule.ts';

/** Whether a rule speaks of the item, by an attribute too. */
export function matchesAny(item: Item, match: Match): boolean {
  if ('attribute' in match) return item.attributes?.[match.attribute] === match.value;
  return matches(item, match);
}
