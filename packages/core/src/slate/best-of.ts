import type { Item } from '../item.ts';

/** The best `count` of some items, best first, without sorting the rest; equal values go by id.
 * @param open indices of items
 * @param value of each item */
export function bestOf(
  open: readonly number[],
  count: number,
  value: ArrayLike<number>,
  items: readonly Item[],
): number[] {
  const best: number[] = [];
  for (const index of open) {
    let at = best.length;
    for (; at > 0; at--) {
      const other = best[at - 1] as number;
      const gain = (value[index] as number) - (value[other] as number);
      if (gain < 0 || (gain === 0 && (items[index] as Item).id > (items[other] as Item).id)) break;
      if (at < count) best[at] = other;
    }
    if (at < count) best[at] = index;
  }
  return best;
}
