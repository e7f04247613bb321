import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, SHOP_FOLDER, type Shop, settled } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const shopPack = (): Pack => JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));

test('the shop lets the device learn a weight for each tag, by the columns that are the tags', () => {
  const { spec, adapt } = shopPack();
  const { featureOf, spec: present } = createFullEncoder(spec);
  const tags = present.features.findIndex((feature) => feature.kind === 'multi-hot');
  expect(present.features[tags]).toMatchObject({ source: 'item:tags', values: adapt?.names });
  expect(adapt?.columns).toEqual(featureOf.flatMap((feature, column) => (feature === tags ? [column] : [])));
});

/** Decides the grid: its items, and what was learnt of each; undefined while nothing may be remembered. */
function decided(page: Page): Promise<readonly (readonly [item: string, learnt: number])[] | undefined> {
  return page.evaluate(async () => {
    const items = [
      ...document.querySelectorAll<HTMLElement>('[data-inkling-slot="grid"] > [data-inkling-item]'),
    ]
      .map(({ dataset }) => ({ id: dataset.inklingItem ?? '' }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const slate = await window.inkling?.rank('grid', { items, k: 12 });
    const decision = slate && window.inkling?.decision(slate);
    const { ranking, request } = decision ?? {};
    if (!slate || !ranking || !request?.profile) return undefined;
    return slate.items.map(({ id }) => {
      const row = request.candidates.findIndex(({ item }) => item.id === id);
      return [id, (ranking.scores[row] ?? 0) - (ranking.ranked[row] ?? 0)] as const;
    });
  });
}

test('an item chosen over those before it rises; that lasts over pages, and ends at a word', async () => {
  const { page, context, complaints } = await shop.visit();
  await page.goto(shop.url);
  await settled(page);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect.poll(() => decided(page)).toBeDefined();
  const before = (await decided(page)) ?? [];
  expect(before.map(([, learnt]) => learnt)).toEqual(before.map(() => 0));

  const [first = ''] = before.map(([id]) => id);
  const [chosen = ''] = before.slice(6).map(([id]) => id);
  await page.evaluate((item) => window.inkling?.track({ type: 'click', slot: 'grid', item }), chosen);
  const learntOf = async (id: string) => new Map(await decided(page)).get(id) ?? 0;
  expect(await learntOf(chosen)).toBeGreaterThan(await learntOf(first));
  const learnt = await learntOf(chosen);
  expect(learnt).toBeGreaterThan(0);

  await page.reload();
  await settled(page);
  expect(await learntOf(chosen)).toBeCloseTo(learnt, 5);
  await page.evaluate(() => window.inkling?.profile.unlearn());
  expect(((await decided(page)) ?? []).map(([, rest]) => rest)).toEqual(before.map(() => 0));
  expect(complaints).toEqual([]);
  await context.close();
});

test('a pack that lets the device learn nothing loads nothing for it', async () => {
  const { page, context } = await shop.visit();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.route('**/inkling/pack.json', (route) => {
    const { adapt: _, ...pack } = shopPack();
    return route.fulfill({ json: pack });
  });
  await page.goto(shop.url);
  await settled(page);
  expect(asked.filter((path) => /^\/learn-\w+\.js$/.test(path))).toEqual([]);
  await context.close();
});
