import type { EncodedList } from '@inkling/cli';
import { expect, test } from 'vitest';
import { redrawnLists } from '../bench/frappe/redrawn-lists.ts';

test('each use has a list in every epoch, with other apps in each', async () => {
  const users = Array.from({ length: 20 }, (_, i) => `u${i}`);
  const lists = redrawnLists(1, users, (visitor, random) => ({
    visitor,
    features: Float32Array.of(random()),
    labels: [1],
    weight: 1,
  }));
  const read = async (order: string) => {
    const epoch: EncodedList[] = [];
    for await (const batch of lists.batches(8, order)) epoch.push(...batch);
    return epoch;
  };
  const [first, again, second] = [await read('1'), await read('1'), await read('2')];
  expect(again).toEqual(first);
  for (const epoch of [first, second])
    expect(epoch.map(({ visitor }) => visitor).sort()).toEqual([...users].sort());
  const drawn = [...first, ...second].map(({ features }) => features[0]);
  expect(new Set(drawn).size).toBe(2 * users.length);
});
