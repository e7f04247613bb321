import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { surveyLists } from '../train/survey.ts';
import type { EncodedList, EncodedLists } from './encoded-lists.ts';
import { createListSpill } from './list-spill.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-spill-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const WIDTH = 40;
const lists = Array.from({ length: 40_000 }, (_, i): EncodedList => {
  const items = 1 + (i % 9);
  return {
    visitor: ['', 'v', 'Zoë', 'visitor'][i % 4] + String(i),
    features: Float32Array.from({ length: items * WIDTH }, (_, at) => i + at / 64),
    labels: Float32Array.from({ length: items }, (_, at) => Number(at === i % items)),
    weight: 1 + (i % 3),
  };
});
const read = async (spilled: EncodedLists, order: string, size = 100) => {
  const batches: (readonly EncodedList[])[] = [];
  for await (const batch of spilled.batches(size, order)) batches.push(batch);
  return batches;
};
const numbers = (batches: readonly (readonly EncodedList[])[]) =>
  batches.flat().map(({ visitor }) => Number(/\d+$/.exec(visitor)?.[0]));

test('every list comes back once an epoch as it was, in an order that the seed decides', async () => {
  const spill = await createListSpill(folder, 'train', WIDTH);
  for (const list of lists) await spill.add(list);
  const spilled = await spill.finish();
  expect([spilled.width, spilled.count]).toEqual([WIDTH, lists.length]);
  // More blocks than are shuffled at once, so that both ways of shuffling are at work.
  expect(statSync(join(folder, 'train.lists')).size).toBeGreaterThan(32 << 20);

  const first = await read(spilled, 'a', 128);
  expect(first.slice(0, -1).every(({ length }) => length === 128)).toBe(true);
  expect(first.at(-1)).toHaveLength(lists.length % 128);
  const order = numbers(first);
  expect(order.toSorted((a, b) => a - b)).toEqual([...lists.keys()]);
  const at = order.indexOf(12_345);
  expect(first.flat()[at]).toEqual(lists[12_345]);
  expect(first.flat()[order.indexOf(0)]).toEqual(lists[0]);

  expect(numbers(await read(spilled, 'a', 128))).toEqual(order);
  expect(numbers(await read(spilled, 'b', 128))).not.toEqual(order);
  // Neighbours in the file do not stay neighbours.
  const near = order.filter((value, index) => Math.abs(value - (order[index + 1] ?? 0)) < 10).length;
  expect(near).toBeLessThan(lists.length / 100);
});

test('visitors are counted as their lists come', async () => {
  const spill = await createListSpill(folder, 'visitors', WIDTH);
  for (const [visitor, list] of [
    ['a', 0],
    ['a', 1],
    ['b', 2],
  ] as const) {
    await spill.add({ ...(lists[list] as EncodedList), visitor });
  }
  const spilled = await spill.finish();
  expect(spilled.visitors).toBe(2);
  const { visitors } = await surveyLists(
    { ...spilled, visitors: 5 },
    { dense: [0], fields: [], tableRows: 0 },
  );
  expect(visitors).toBe(5);
});

test('no lists are no batches', async () => {
  const spilled = await (await createListSpill(folder, 'none', 3)).finish();
  expect(spilled.count).toBe(0);
  expect(await read(spilled, 'a')).toEqual([]);
});
