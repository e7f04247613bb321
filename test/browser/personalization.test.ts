import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContextPatch, Item } from '@inkling/core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  databasesOf,
  itemsOf,
  NOTHING_STORED,
  openShop,
  RECEIPTS,
  REMEMBERED,
  type Shop,
  seedOfArm,
  settled,
  storedBy,
} from './shop.ts';

const catalog: readonly Item[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../examples/storefront/catalog.json'), 'utf8'),
);
const tagsOf = (id: string | undefined) => catalog.find((item) => item.id === id)?.tags ?? [];
const MIDDAY = new Date('2026-11-21T12:00:00Z');

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function overridden(page: Page, patch: ContextPatch): Promise<string[]> {
  const decided = page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        window.inkling?.on('decision', ({ slot }) => slot === 'grid' && resolve()),
      ),
  );
  await page.evaluate((value) => window.inkling?.context.override(value), patch);
  await decided;
  return itemsOf(page, 'grid');
}

function reasonsFor(page: Page, item: string | undefined): Promise<readonly string[]> {
  return page.evaluate(async (id) => {
    const slate = window.inkling?.slates().find(({ slot }) => slot === 'grid');
    const explanation = slate && (await window.inkling?.explain(slate, id ?? ''));
    return (explanation?.reasons ?? [])
      .filter(({ contribution }) => contribution > 0.1)
      .map(({ sentence }) => sentence);
  }, item);
}

test('rain and a hot afternoon order the grid differently, both plausibly, with reasons that name the weather', async () => {
  const { page, context, complaints } = await shop.visit();
  await page.goto(shop.url);
  await settled(page);

  const rain = await overridden(page, { weather: { condition: 'rain' } });
  const forRain = rain.slice(0, 3);
  expect(forRain.filter((id) => tagsOf(id).includes('rain')).length).toBeGreaterThanOrEqual(2);
  expect(
    await reasonsFor(
      page,
      forRain.find((id) => tagsOf(id).includes('rain')),
    ),
  ).toContain('It is raining where you are.');
  expect(await itemsOf(page, 'hero')).toEqual(['hero-rain']);

  const hot = await overridden(page, {
    weather: { condition: 'clear', temperature: 'hot' },
    time: { hour: 15, season: 'summer' },
  });
  const forHeat = hot.slice(0, 3);
  expect(forHeat).not.toEqual(forRain);
  expect(
    forHeat.filter((id) => tagsOf(id).some((tag) => ['heat', 'sun', 'water'].includes(tag))),
  ).toHaveLength(3);
  expect((await reasonsFor(page, forHeat[0])).join(' ')).toMatch(/hot outside|sky is clear/);
  expect(await itemsOf(page, 'hero')).toEqual(['hero-heat']);

  // Permuted, never removed.
  expect([...hot].sort()).toEqual([...rain].sort());
  expect(complaints).toEqual([]);
  await context.close();
});

test('accept, click three cycling things, reload: cycling rises; withdraw: the first order, and only the choice is kept', async () => {
  const { page, context, complaints } = await shop.visit({
    timezoneId: 'Europe/Berlin',
    // So that before the choice nothing is known, and the first order is the author's.
    userAgent: 'A browser that says nothing',
  });
  await page.clock.setFixedTime(MIDDAY);
  await page.goto(shop.url);
  await settled(page);
  const first = await itemsOf(page, 'grid');
  expect(await storedBy(page)).toEqual(NOTHING_STORED);

  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await page.reload();
  await settled(page);
  const before = await chosenItems(page);

  const cycling = first.filter((id) => tagsOf(id).includes('cycling')).slice(0, 3);
  expect(cycling).toHaveLength(3);
  for (const id of cycling) {
    await page.locator(`[data-inkling-slot="grid"] > [data-inkling-item="${id}"] a`).first().click();
    await page.waitForURL(`**/items/${id}*`);
    await page.goto(shop.url);
    await settled(page);
  }
  const after = await chosenItems(page);
  expect(cyclingIn(after)).toBeGreaterThan(cyclingIn(before));
  const risen = (await itemsOf(page, 'grid')).slice(0, 12).find((id) => tagsOf(id).includes('cycling'));
  expect((await reasonsFor(page, risen)).join(' ')).toMatch(/You (looked at cycling|opened it|looked at it)/);
  const kept = await storedBy(page);
  expect(kept).toEqual({ ...NOTHING_STORED, localStorage: ['inkling.consent'], databases: REMEMBERED });

  await page.getByRole('button', { name: 'Privacy choices' }).first().click();
  await page.getByRole('button', { name: 'Refuse all' }).click();
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(RECEIPTS);
  expect(await itemsOf(page, 'grid')).toEqual(first);
  const onlyTheChoice = { ...NOTHING_STORED, localStorage: ['inkling.consent'], databases: RECEIPTS };
  expect(await storedBy(page)).toEqual(onlyTheChoice);
  await page.reload();
  await settled(page);
  expect(await itemsOf(page, 'grid')).toEqual(first);
  expect(await storedBy(page)).toEqual(onlyTheChoice);
  expect(complaints).toEqual([]);
  await context.close();
});

test('on a slow device a click that leaves the page is remembered all the same', async () => {
  const { page, context } = await shop.visit();
  await page.goto(shop.url);
  await settled(page);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  const processor = await context.newCDPSession(page);
  await processor.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  const clicked = (await itemsOf(page, 'grid')).slice(0, 5);
  for (const id of clicked) {
    await page.locator(`[data-inkling-slot="grid"] > [data-inkling-item="${id}"] a`).first().click();
    await page.waitForURL(`**/items/${id}*`);
    await page.goto(shop.url);
    await settled(page);
  }
  const recents = await page.evaluate(() => window.inkling?.profile.get()?.recents ?? []);
  expect(recents.filter(({ clicks }) => clicks > 0).map(({ id }) => id)).toEqual(clicked.reverse());
  await context.close();
}, 60_000);

test('withdrawing in one tab empties the other, too', async () => {
  const { page, context } = await shop.visit();
  await page.goto(shop.url);
  await settled(page);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  const other = await context.newPage();
  await other.goto(shop.url);
  await other.waitForFunction(() => window.inkling?.profile.get() !== undefined);

  await page.getByRole('button', { name: 'Privacy choices' }).first().click();
  await page.getByRole('button', { name: 'Refuse all' }).click();
  await other.waitForFunction(() => window.inkling?.profile.get() === undefined);
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(RECEIPTS);
  await context.close();
});

test('a holdout visitor sees the page as authored, whatever the weather', async () => {
  const { page, context } = await shop.visit();
  await context.addInitScript((word) => {
    crypto.getRandomValues = (array) => {
      if (array instanceof Uint32Array) array.fill(word);
      return array;
    };
  }, seedOfArm('holdout'));
  await page.goto(shop.url);
  await settled(page);
  const authored = await itemsOf(page, 'grid');
  expect(await overridden(page, { weather: { condition: 'snow' } })).toEqual(authored);
  expect(await page.evaluate(() => window.inkling?.slates().map(({ arm }) => arm))).toEqual(
    Array(3).fill('holdout'),
  );
  await context.close();
});

test('?inkling=off leaves the page alone', async () => {
  const { page, context } = await shop.visit();
  await page.goto(`${shop.url}/?inkling=off`, { waitUntil: 'networkidle' });
  expect(await page.evaluate(() => window.inkling)).toBeUndefined();
  await context.close();
});

/** What the page picked for this visitor: the list, and the first places of the grid. */
async function chosenItems(page: Page): Promise<readonly string[]> {
  return [...(await itemsOf(page, 'for-today')), ...(await itemsOf(page, 'grid')).slice(0, 12)];
}

function cyclingIn(items: readonly string[]): number {
  return items.filter((id) => tagsOf(id).includes('cycling')).length;
}
