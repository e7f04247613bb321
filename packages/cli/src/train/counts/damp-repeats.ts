import type { EncodedList, EncodedLists } from '../../dataset/encoded-lists.ts';

/** The same lists, of which a visitor's n choices of one item count for √n: they are habit rather than evidence of what
 * others choose. Memory holds a number for each visitor and item chosen.
 * @param column that tells the item, in each row */
export async function dampRepeats(lists: EncodedLists, column: number): Promise<EncodedLists> {
  const { width, count } = lists;
  const times = new Map<string, number>();
  const chosenIn = ({ visitor, features, labels }: EncodedList) =>
    Array.from(labels).flatMap((label, row) =>
      label > 0 ? [{ label, key: `${features[row * width + column]} ${visitor}` }] : [],
    );
  for await (const batch of lists.batches(256, 'counts')) {
    for (const { key } of batch.flatMap(chosenIn)) times.set(key, (times.get(key) ?? 0) + 1);
  }
  const damped = (list: EncodedList): EncodedList => {
    const chosen = chosenIn(list);
    const total = chosen.reduce((sum, { label }) => sum + label, 0);
    const share = chosen.reduce((sum, { label, key }) => {
      // Each was counted above.
      return sum + label / Math.sqrt(times.get(key) as number);
    }, 0);
    return total > 0 ? { ...list, weight: (list.weight * share) / total } : list;
  };
  return {
    width,
    count,
    async *batches(size, order) {
      for await (const batch of lists.batches(size, order)) yield batch.map(damped);
    },
  };
}
