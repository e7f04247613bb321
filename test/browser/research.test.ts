import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack } from '@inkling/core';
import type { Impression } from '@inkling/core/totals';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { choose, comeBack, type Opened, openCountingShop, openWith } from './counting-shop.ts';
import { SHOP_FOLDER, type Shop } from './shop.ts';

const pack: Pack = JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));
const giving: Pack = {
  ...pack,
  egress: [
    {
      id: 'impression',
      url: '/inkling/impression',
      purpose: 'research',
      fields: ['version', 'slot', 'moment', 'hour', 'candidates', 'items', 'propensities', 'rewards'],
      sentence: 'What was shown, and whether it was chosen, is sent by itself.',
    },
  ],
};

/** Accepting all leaves research out: it takes an act of its own. */
const EVERYTHING = { context: true, profile: true, measurement: true, research: true };

let shop: Shop;
beforeAll(async () => {
  shop = await openCountingShop();
});
afterAll(() => shop.close());

const given = async () =>
  (await (await fetch(`${shop.url}/test/impressions`)).json()) as readonly Impression[];

/** Has the grid in view until it counts as seen, and chooses what stands first in it. @returns its items, as they stood */
async function seeAndChoose(page: Page): Promise<readonly string[]> {
  const seen = page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve) => {
        window.inkling?.on(
          'exposure',
          ({ slot, items }) => slot === 'grid' && resolve(items.map(({ id }) => id)),
        );
      }),
  );
  await page.locator('[data-inkling-slot="grid"]').scrollIntoViewIfNeeded();
  const items = await seen;
  await page.evaluate(() => {
    const item = document.querySelector<HTMLElement>('[data-inkling-slot="grid"] [data-inkling-item]');
    item?.addEventListener('click', (event) => event.preventDefault());
    item?.querySelector('a')?.click();
  });
  return items;
}

/** Hides the page, and waits until whatever that sends has gone by. @returns what was posted */
async function hide({ page, posts }: Opened): Promise<readonly string[]> {
  await page.evaluate(async () => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
    await fetch('/after', { method: 'POST' });
  });
  return posts.map((request) => new URL(request.url()).pathname).filter((path) => path !== '/after');
}

test('what was seen and chosen goes out once the page is left, and says nothing of who', async () => {
  const { page, context, complaints, posts } = await openWith(shop, giving);
  await choose(page, EVERYTHING);
  await comeBack(page, 0);
  const before = (await given()).length;
  const items = await seeAndChoose(page);
  expect(posts).toEqual([]);
  await page.goto('about:blank');
  await expect.poll(async () => (await given()).length - before).toBeGreaterThan(0);
  const sent = (await given()).slice(before);
  const grid = sent.find(({ slot }) => slot === 'grid');
  expect(grid).toMatchObject({ version: pack.version, slot: 'grid', items });
  expect(grid?.moment).toMatch(/^(morning|midday|afternoon|evening|night) /);
  expect(grid?.hour).toMatch(/:00:00Z$/);
  expect(grid?.rewards.reduce<number>((sum, each) => sum + each, 0)).toBe(1);
  expect(grid?.rewards[0]).toBe(1);
  expect(grid?.candidates).toEqual(expect.arrayContaining([...items]));
  expect(grid?.propensities.every((p) => p > 0 && p <= 1)).toBe(true);
  expect(new Set(sent.map(({ slot }) => slot)).size).toBe(sent.length);
  expect(complaints).toEqual([]);
  await context.close();
});

test('nothing of sensitive items goes out, chosen or not', async () => {
  const { page, context } = await openWith(shop, { ...giving, sensitive: ['rain'] });
  await choose(page, EVERYTHING);
  await comeBack(page, 0);
  const before = (await given()).length;
  const items = await seeAndChoose(page);
  const secret = await page.evaluate(
    (ids) => ids.filter((id) => window.inkling?.item(id)?.tags?.includes('rain')),
    items,
  );
  expect(secret).not.toEqual([]);
  await page.goto('about:blank');
  await expect.poll(async () => (await given()).length - before).toBeGreaterThan(0);
  const said = (await given())
    .slice(before)
    .flatMap(({ candidates, items: shown }) => [...candidates, ...shown]);
  expect(said).not.toEqual([]);
  expect(said.filter((id) => secret.includes(id))).toEqual([]);
  await context.close();
});

test.each<[string, Pack, Parameters<typeof choose>[1], 'personalized' | 'holdout', boolean]>([
  ['where the pack names no address', pack, EVERYTHING, 'personalized', false],
  ['without the purpose', giving, 'accept-all', 'personalized', false],
  ['of the holdout, whose order nobody drew', giving, EVERYTHING, 'holdout', true],
])('nothing goes out %s', async (_, shipped, answer, arm, isLoaded) => {
  const opened = await openWith(shop, shipped, arm);
  const { page, context, chunks } = opened;
  await choose(page, answer);
  await comeBack(page, 0);
  await seeAndChoose(page);
  expect(await hide(opened)).toEqual([]);
  expect(chunks.some((name) => name.includes('impressions'))).toBe(isLoaded);
  await context.close();
});

test('what is taken back before the page is left is never sent', async () => {
  const opened = await openWith(shop, giving);
  const { page, context } = opened;
  await choose(page, EVERYTHING);
  await comeBack(page, 0);
  await seeAndChoose(page);
  await choose(page, { research: false });
  await choose(page, { research: true });
  expect(await hide(opened)).toEqual([]);
  await context.close();
});

test('a page that is hidden again sends nothing twice', async () => {
  const opened = await openWith(shop, giving);
  await choose(opened.page, EVERYTHING);
  await comeBack(opened.page, 0);
  await seeAndChoose(opened.page);
  const sent = await hide(opened);
  expect(sent).toContain('/inkling/impression');
  expect(await hide(opened)).toEqual(sent);
  await opened.context.close();
});
