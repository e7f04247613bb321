import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack } from '@inkling/core';
import type { TotalsCell, TotalsReport } from '@inkling/core/totals';
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { choose, comeBack, openCountingShop, openWith } from './counting-shop.ts';
import { SHOP_FOLDER, type Shop } from './shop.ts';

/** On a busy machine. */
const SOON = { timeout: 10_000 };
const pack: Pack = JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));
const grid = pack.slots.find(({ id }) => id === 'grid');
const counted: Pack = {
  ...pack,
  egress: [
    {
      id: 'report',
      url: '/inkling/report',
      purpose: 'measurement',
      fields: ['batch', 'cells'],
      sentence: 'What was shown and chosen is added to totals.',
    },
  ],
  experiments: [
    {
      id: 'order',
      variations: [
        { id: 'as-is', weight: 1 },
        { id: 'other', weight: 0, slots: grid ? [grid] : [] },
      ],
    },
  ],
};

let shop: Shop;
beforeAll(async () => {
  shop = await openCountingShop();
});
afterAll(() => shop.close());

/** What is kept of each day, or undefined. */
const keptIn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ day: number; cells: TotalsCell[] }[] | undefined>((resolve) => {
        const opened = indexedDB.open('inkling');
        opened.onupgradeneeded = () => opened.transaction?.abort();
        opened.onerror = () => resolve(undefined);
        opened.onsuccess = () => {
          const kept = opened.result.transaction('values').objectStore('values').get('totals');
          kept.onsuccess = () => {
            opened.result.close();
            resolve(kept.result);
          };
        };
      }),
  );

/** Opens the page as one who has allowed it, sees the grid and chooses from it. @returns what is kept of that */
async function seeAndChoose(page: Page): Promise<readonly TotalsCell[]> {
  await choose(page, 'accept-all');
  await comeBack(page, 0);
  await page.locator('[data-inkling-slot="grid"]').scrollIntoViewIfNeeded();
  await expect.poll(async () => slotsIn(await todayIn(page)), SOON).toContain('grid');
  await page.evaluate(() => {
    const item = document.querySelector<HTMLElement>('[data-inkling-slot="grid"] [data-inkling-item]');
    item?.addEventListener('click', (event) => event.preventDefault());
    item?.querySelector('a')?.click();
  });
  await expect
    .poll(async () => (await todayIn(page)).map(([, slot, , , , , rewards]) => [slot, rewards]), SOON)
    .toContainEqual(['grid', 1]);
  return todayIn(page);
}

const todayIn = async (page: Page) => (await keptIn(page))?.at(-1)?.cells ?? [];
const slotsIn = (cells: readonly TotalsCell[]) => cells.map(([, slot]) => slot);
const look = async () =>
  (await (await fetch(`${shop.url}/test/look`)).json()) as {
    readonly cells: readonly {
      readonly cell: string;
      readonly exposures: number;
      readonly rewards: number;
    }[];
    readonly batches: readonly { readonly id: string }[];
  };
const bodyOf = (request: Request | undefined): TotalsReport => request?.postDataJSON();

test('what was seen and chosen is counted on the device, sent once the day is over, and counted once', async () => {
  const { page, context, complaints, posts: reports } = await openWith(shop, counted);
  const cells = await seeAndChoose(page);
  const row = cells.find(([, slot]) => slot === 'grid');
  expect(row?.slice(0, 4)).toEqual([pack.version, 'grid', 'personalized', 'order:as-is']);
  expect(row?.slice(5)).toEqual([1, 1]);
  expect(cells.find(([, slot]) => slot === 'hero')?.[3] ?? '').toBe('');
  expect(reports).toEqual([]);

  const before = await look();
  let tries = 0;
  await page.route('**/inkling/report', (route) => {
    // The first time the answer never comes, though it was counted; the second time nothing arrives.
    if (++tries === 1) return route.fetch().then(() => route.abort());
    return tries === 2 ? route.fulfill({ status: 503 }) : route.continue();
  });
  await comeBack(page, 1);
  await expect.poll(() => reports.length, SOON).toBe(1);
  await comeBack(page, 1);
  await expect.poll(() => reports.length, SOON).toBe(2);
  await comeBack(page, 1);
  await expect.poll(() => reports.length, SOON).toBe(3);
  await expect.poll(async () => (await keptIn(page))?.length, SOON).toBe(1);
  const [first, ...again] = reports.map((request) => bodyOf(request));
  expect(again).toEqual([first, first]);
  expect(first?.cells).toEqual(cells);
  expect(Object.keys(first ?? {})).toEqual(['batch', 'cells']);
  const headers = await reports[0]?.allHeaders();
  expect([headers?.cookie, headers?.referer]).toEqual([undefined, `${shop.url}/`]);

  const after = await look();
  expect(after.batches.length - before.batches.length).toBe(1);
  expect(after.batches).toContainEqual({ id: first?.batch });
  for (const [version, slot, arm, variation, moment, exposures, rewards] of cells) {
    const cell = JSON.stringify([version, slot, arm, variation, moment]);
    expect(after.cells.find((each) => each.cell === cell)).toMatchObject({ exposures, rewards });
  }
  await comeBack(page, 1);
  expect(reports).toHaveLength(3);
  // The browser itself notes what did not arrive.
  expect(complaints.filter((line) => !line.includes('Failed to load resource'))).toEqual([]);
  await context.close();
});

test('the holdout reports too, under its own name', async () => {
  const { page, context } = await openWith(shop, counted, 'holdout');
  const cells = await seeAndChoose(page);
  expect(new Set(cells.map(([, , arm]) => arm))).toEqual(new Set(['holdout']));
  await context.close();
});

test('what was decided before the grant is not counted: its arm was drawn for the page alone', async () => {
  const { page, context } = await openWith(shop, counted);
  const before = await page.evaluateHandle(() => window.inkling?.rank('grid'));
  await choose(page, 'accept-all');
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  const sources = await page.evaluate(async (early) => {
    const { inkling } = window;
    const later = await inkling?.rank('hero');
    for (const slate of [early, later]) if (slate) inkling?.expose(slate);
    return [early?.source, later?.source];
  }, before);
  expect(sources).toEqual(['ranker', 'ranker']);
  await expect.poll(async () => slotsIn(await todayIn(page)), SOON).toContain('hero');
  expect(slotsIn(await todayIn(page))).not.toContain('grid');
  await context.close();
});

test('withdrawing erases what was counted, and nothing of it is ever sent', async () => {
  const { page, context, posts: reports } = await openWith(shop, counted);
  await seeAndChoose(page);
  await choose(page, { measurement: false });
  await expect.poll(() => keptIn(page), SOON).toBeUndefined();
  await page.evaluate(() => window.inkling?.track({ type: 'click', slot: 'grid', item: 'rain-shell' }));
  await comeBack(page, 1);
  await choose(page, 'accept-all');
  await comeBack(page, 2);
  expect(await todayIn(page)).toEqual([]);
  expect(reports).toEqual([]);
  await context.close();
});

test('a batch is given up two days after its own', async () => {
  const { page, context, posts: reports } = await openWith(shop, counted);
  await seeAndChoose(page);
  await page.route('**/inkling/report', (route) => route.abort());
  await comeBack(page, 2);
  await expect.poll(() => reports.length, SOON).toBe(1);
  await comeBack(page, 3);
  await page.locator('[data-inkling-slot="grid"]').scrollIntoViewIfNeeded();
  await expect.poll(async () => slotsIn(await todayIn(page)), SOON).toContain('grid');
  expect(reports).toHaveLength(1);
  expect(await keptIn(page)).toHaveLength(1);
  await context.close();
});

test.each<[string, Pack, Parameters<typeof choose>[1]]>([
  ['where the pack says nothing of totals', pack, 'accept-all'],
  ['without the purpose', counted, { profile: true, measurement: false }],
])('nothing is loaded, kept or sent for totals %s', async (_, shipped, answer) => {
  const { page, context, chunks, posts: reports } = await openWith(shop, shipped);
  await choose(page, answer);
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await comeBack(page, 0);
  await page.locator('[data-inkling-slot="grid"]').scrollIntoViewIfNeeded();
  // The profile has noted that it was seen: totals would have, too.
  await page.waitForFunction(() => Object.keys(window.inkling?.profile.get()?.counters ?? {}).length > 0);
  expect([chunks, reports, await keptIn(page)]).toEqual([[], [], undefined]);
  await context.close();
});

test('the address that Cloudflare names has its share of a minute', async () => {
  const post = async (address: string) => {
    const headers = { 'content-type': 'application/json', origin: shop.url, 'cf-connecting-ip': address };
    return (await fetch(`${shop.url}/inkling/report`, { method: 'POST', headers, body: '{}' })).status;
  };
  // More than two shares: one minute may end meanwhile.
  const statuses = await Promise.all(Array.from({ length: 125 }, () => post('192.0.2.7')));
  expect(new Set(statuses)).toEqual(new Set([400, 429]));
  expect(await post('192.0.2.8')).toBe(400);
});
