import type { EncodedList, EncodedLists } from '@inkling/cli';
import { type Prng, prng } from '@inkling/core';

/** A list for each use, in random order, with other apps in every epoch.
 * @param width of a row
 * @param listOf draws the other apps of a use */
export function redrawnLists<Use>(
  width: number,
  uses: readonly Use[],
  listOf: (use: Use, random: Prng) => EncodedList,
): EncodedLists {
  return {
    width,
    count: uses.length,
    async *batches(size, order) {
      const random = prng(order, 'frappe');
      const left = [...uses];
      const draw = () => {
        const at = random() % left.length;
        const use = left[at] as Use;
        left[at] = left.at(-1) as Use;
        left.pop();
        return listOf(use, random);
      };
      while (left.length > 0) yield Array.from({ length: Math.min(size, left.length) }, draw);
    },
  };
}
