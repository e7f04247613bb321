import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item, Pack, SlotSpec } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, SHOP_FOLDER, type Shop, settled } from './shop.ts';

const pack: Pack = JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));
const catalog: readonly Item[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../examples/storefront/catalog.json'), 'utf8'),
);
const dry: SlotSpec = {
  id: 'grid',
  kind: 'order',
  k: 12,
  decide: 'client',
  policy: { type: 'greedy' },
  rules: [{ type: 'exclude', tag: 'rain' }],
};

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ cf: { country: 'NO', timezone: 'Europe/Oslo' } });
});
afterAll(() => shop.close());

/** How many of the grid's first twelve are for the rain, in the rain. */
async function rainyItems(change: Partial<Pack>, block?: RegExp): Promise<number> {
  const { page, context, complaints } = await shop.visit();
  await page.route('**/inkling/pack.json', (route) => route.fulfill({ json: { ...pack, ...change } }));
  if (block) await page.route(block, (route) => route.abort());
  await page.goto(shop.url);
  await settled(page);
  const ids = await page.evaluate(async () => {
    window.inkling?.context.override({ weather: { condition: 'rain' } });
    const slate = await window.inkling?.rank('grid');
    return slate?.source === 'ranker' ? slate.items.map(({ id }) => id) : [];
  });
  if (!block) expect(complaints).toEqual([]);
  await context.close();
  expect(ids).toHaveLength(block ? 0 : 12);
  return catalog.filter(({ id, tags }) => ids.includes(id) && tags?.includes('rain')).length;
}

const experiment = (weight: number, slot = dry) => ({
  id: 'dry',
  variations: [
    { id: 'control', weight: 1 - weight },
    { id: 'dry', weight, slots: [slot] },
  ],
});

test('a visitor in a variation has its slots, one in the control the pack’s own', async () => {
  expect(await rainyItems({ experiments: [experiment(0)] })).toBeGreaterThan(2);
  expect(await rainyItems({ experiments: [experiment(1)] })).toBe(0);
  const held = { ...experiment(1), holdout: 'all' };
  expect(await rainyItems({ experiments: [held], holdouts: [{ id: 'all', share: 1 }] })).toBeGreaterThan(2);
});

test('a variation may say what none of the pack’s own slots says', async () => {
  const policy = { type: 'softmax', temperature: 1 } as const;
  expect(await rainyItems({ experiments: [experiment(1, { ...dry, policy })] })).toBe(0);
});

test('without the code of experiments nobody is shown anything by halves: the authored page', async () => {
  expect(await rainyItems({ experiments: [experiment(1)] }, /experiments-\w+\.js$/)).toBe(0);
});
