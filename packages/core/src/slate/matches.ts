import type { Item } from '../item.ts';
import type { Match } from './rule.ts';

/** Whether a rule speaks of the item by its id, a tag or its group. */
export function matches(item: Item, match: Match): boolean {
  if ('tag' in match) return !!item.tags?.includes(match.tag);
  return 'group' in match ? item.group === match.group : 'item' in match && item.id === match.item;
}
