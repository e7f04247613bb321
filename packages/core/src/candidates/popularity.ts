import type { Item } from '../item.ts';

/** The item's popularity as the pack states it, 0 where it does not.
 * @param moment value of the signal that popularity depends on: where the item has an attribute `popularity:rain`, that
 * counts in the rain */
export function popularityOf(item: Item, moment?: string): number {
  const { attributes = {} } = item;
  const here = moment === undefined ? undefined : attributes[`popularity:${moment}`];
  const value = typeof here === 'number' ? here : attributes.popularity;
  return typeof value === 'number' ? value : 0;
}
