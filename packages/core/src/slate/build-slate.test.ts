import { expect, test } from 'vitest';
import type { Item } from '../item.ts';
import { prng } from '../prng.ts';
import { buildSlate } from './build-slate.ts';
import type { SlotSpec } from './slot.ts';

const items: readonly Item[] = [
  { id: 'jacket', tags: ['rain', 'hiking'], group: 'product' },
  { id: 'poncho', tags: ['rain', 'hiking'], group: 'product' },
  { id: 'kettle', tags: ['coffee'], group: 'product' },
  { id: 'sold-out', tags: ['coffee'], group: 'product', available: false },
  { id: 'hero', tags: ['rain'], group: 'hero' },
];
const slot: SlotSpec = {
  id: 'grid',
  kind: 'order',
  decide: 'client',
  policy: { type: 'greedy' },
  rules: [{ type: 'only', group: 'product' }],
};
const build = (over: Partial<SlotSpec>, scores = [3, 2, 1, 9, 9], excluded: readonly string[] = []) =>
  buildSlate({
    slot: { ...slot, ...over },
    items,
    scores,
    excluded: new Set(excluded),
    random: prng('seed', 'grid'),
  });
const ids = (slate: ReturnType<typeof build>) => slate.map(({ id }) => id);

test('the best first; the unavailable and the foreign group never', () => {
  expect(ids(build({}))).toEqual(['jacket', 'poncho', 'kettle']);
});

test('what the visitor dismissed or already sees is left out', () => {
  expect(ids(build({}, undefined, ['jacket']))).toEqual(['poncho', 'kettle']);
});

test('a pin holds its place with certainty', () => {
  const slate = build({ rules: [...slot.rules, { type: 'pin', item: 'kettle', position: 1 }] });
  expect(ids(slate)).toEqual(['jacket', 'kettle', 'poncho']);
  expect(slate[1]).toMatchObject({ via: 'pin', propensity: 1 });
});

test('a pin to an unavailable item gives its place to the next best', () => {
  const slate = build({ rules: [...slot.rules, { type: 'pin', item: 'sold-out', position: 0 }] });
  expect(ids(slate)).toEqual(['jacket', 'poncho', 'kettle']);
});

test('diversity lets another kind in before a near copy', () => {
  expect(ids(build({ diversity: { lambda: 0.5 } }))).toEqual(['jacket', 'kettle', 'poncho']);
});

test('equal scores go by id', () => {
  expect(ids(build({}, [1, 1, 1, 1, 1]))).toEqual(['jacket', 'kettle', 'poncho']);
});

test('k limits; nothing allowed gives an empty slate', () => {
  expect(ids(build({ k: 1 }))).toEqual(['jacket']);
  expect(build({ rules: [{ type: 'only', group: 'nothing' }] })).toEqual([]);
});
