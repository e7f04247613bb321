import { expect, test } from 'vitest';
import type { EncodedList, EncodedLists } from '../dataset/encoded-lists.ts';
import { surveyLists } from './survey.ts';

const columns = { dense: [0, 2], fields: [], tableRows: 0 };
const list = (visitor: string, features: number[], weight = 1): EncodedList => ({
  visitor,
  features: Float32Array.from(features),
  labels: [1, 0],
  weight,
});
const inOrder = (lists: readonly EncodedList[]): EncodedLists => ({
  width: 3,
  count: lists.length,
  async *batches(size) {
    for (let start = 0; start < lists.length; start += size) yield lists.slice(start, start + size);
  },
});
const lists = [
  list('a', [300, 9, 1, 400, 9, 0]),
  list('b', [0, 9, 1, 500, 9, 0]),
  list('a', [0, 9, 0, 0, 9, 1]),
];

test('a column is scaled by the root mean square of what is not 0 in it', async () => {
  const { scale, visitors } = await surveyLists(inOrder(lists), columns);
  expect(scale[0]).toBeCloseTo(1 / Math.sqrt((300 ** 2 + 400 ** 2 + 500 ** 2) / 3), 8);
  expect(scale[1]).toBe(1);
  expect(visitors).toBe(2);
});

test('the hash names the lists, not their order', async () => {
  const hash = async (of: readonly EncodedList[]) => (await surveyLists(inOrder(of), columns)).hash;
  const first = await hash(lists);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await hash([...lists].reverse())).toBe(first);
  expect(await hash(lists.slice(1))).not.toBe(first);
  expect(await hash([list('c', [300, 9, 1, 400, 9, 0]), ...lists.slice(1)])).not.toBe(first);
  expect(await hash([list('a', [300, 9, 1, 400, 9, 0], 2), ...lists.slice(1)])).not.toBe(first);
  expect(await hash([list('a', [301, 9, 1, 400, 9, 0]), ...lists.slice(1)])).not.toBe(first);
});
