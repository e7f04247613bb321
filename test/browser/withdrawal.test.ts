import { launchForAudit } from '@inkling/cli';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databasesOf, openShop, RECEIPTS, REMEMBERED, type Shop, settled } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ cf: { country: 'NO', timezone: 'Europe/Oslo' } });
});
afterAll(() => shop.close());

/** Two tabs of a visitor who accepted. @param deafen runs in every page before its scripts */
async function openTwo(context: BrowserContext, deafen: () => void): Promise<{ here: Page; there: Page }> {
  const here = await context.newPage();
  // A slate that is seen would be noted in the profile, and whoever notes something asks what may be.
  await context.route(/exposure-\w+\.js$/, (route) => route.abort());
  await context.addInitScript(deafen);
  await here.goto(shop.url);
  await settled(here);
  await here.evaluate(() => window.inkling?.consent.choose('accept-all'));
  await here.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await expect.poll(() => databasesOf(here), { timeout: 10_000 }).toEqual(REMEMBERED);
  const there = await context.newPage();
  await there.goto(shop.url);
  await settled(there);
  expect(await copiesIn(there)).toEqual({ profile: true, decisions: true });
  return { here, there };
}

/** Whether the tab still has the profile, alone or inside of what was decided with it. */
const copiesIn = (page: Page) =>
  page.evaluate(() => {
    const { inkling } = window;
    const decisions = inkling?.slates().map((slate) => inkling.decision(slate)) ?? [];
    return {
      profile: inkling?.profile.get() !== undefined,
      decisions: decisions.some((decision) => decision?.request.profile),
    };
  });

const keysIn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const opened = indexedDB.open('inkling');
        opened.onsuccess = () => {
          const keys = opened.result.transaction('values').objectStore('values').getAllKeys();
          keys.onsuccess = () => {
            opened.result.close();
            resolve(keys.result);
          };
        };
      }),
  );

const NOTHING = { profile: false, decisions: false };

const HEARS_NO_STORAGE = () => {
  addEventListener('storage', (event) => event.stopImmediatePropagation(), true);
};
const HAS_NO_CHANNEL = () => {
  Reflect.deleteProperty(globalThis, 'BroadcastChannel');
};
const HEARS_NOTHING = () => {
  Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  Object.defineProperty(IDBDatabase.prototype, 'onversionchange', { set() {} });
  addEventListener('storage', (event) => event.stopImmediatePropagation(), true);
};

test.each([
  ['by BroadcastChannel where storage events do not come', HEARS_NO_STORAGE],
  ['by the storage event where there is no BroadcastChannel', HAS_NO_CHANNEL],
])(
  'one purpose withdrawn goes from the other tab and from the device, %s; the rest stays',
  async (_, deafen) => {
    const { context } = await shop.visit();
    const { here, there } = await openTwo(context, deafen);
    await here.evaluate(() => window.inkling?.consent.choose({ profile: false }));
    expect(await copiesIn(here)).toEqual(NOTHING);
    await expect.poll(() => copiesIn(there), { timeout: 10_000 }).toEqual(NOTHING);
    await expect.poll(() => keysIn(there), { timeout: 10_000 }).toEqual(['unit']);
    // What the other tab does now is not remembered either.
    await there.evaluate(() => window.inkling?.track({ type: 'like', item: 'rain-shell' }));
    expect(await keysIn(there)).toEqual(['unit']);
    expect(await there.evaluate(() => window.inkling?.consent.get().purposes)).toMatchObject({
      profile: 'refused',
      measurement: 'granted',
    });
    await context.close();
  },
);

test('a tab that is frozen holds no deletion back, and obeys on return though it heard of nothing', async () => {
  const { context } = await shop.visit();
  const { here, there } = await openTwo(context, HEARS_NOTHING);
  // No headless browser freezes what is in view: the events say what would happen.
  await there.evaluate(() => document.dispatchEvent(new Event('freeze')));
  await here.evaluate(() => window.inkling?.consent.withdraw());
  await expect.poll(() => databasesOf(here), { timeout: 10_000 }).toEqual(RECEIPTS);
  expect(await copiesIn(there)).toEqual({ profile: true, decisions: true });
  await there.evaluate(() => document.dispatchEvent(new Event('resume')));
  await expect.poll(() => copiesIn(there), { timeout: 10_000 }).toEqual(NOTHING);
  expect(await databasesOf(there)).toEqual(RECEIPTS);
  await context.close();
});

test('a tab in the back/forward cache holds no deletion back, and obeys on return', async () => {
  // The other browser has no such cache, as Playwright starts it.
  const browser = await launchForAudit();
  const context = await browser.newContext();
  const { here, there } = await openTwo(context, HEARS_NO_STORAGE);
  await there.evaluate(() => Object.assign(window, { wasHere: true }));
  await there.goto(`${shop.url}/privacy.html`);
  await here.evaluate(() => window.inkling?.consent.withdraw());
  await expect.poll(() => databasesOf(here), { timeout: 10_000 }).toEqual(RECEIPTS);
  await there.goBack({ waitUntil: 'commit' });
  expect(await there.evaluate(() => 'wasHere' in window)).toBe(true);
  await expect.poll(() => copiesIn(there), { timeout: 10_000 }).toEqual(NOTHING);
  expect(await databasesOf(there)).toEqual(RECEIPTS);
  await browser.close();
});

test('a withdrawal in the first tab is obeyed by a page that is shown at once, by the visitor’s own act', async () => {
  const { context } = await shop.visit();
  const { here, there } = await openTwo(context, () => {});
  const order = (page: Page) =>
    page
      .locator('[data-inkling-slot="grid"] > [data-inkling-item]')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-inkling-item')).join());
  await there.evaluate(() => window.inkling?.track({ type: 'like', item: 'changing-poncho' }));
  await there.reload();
  await settled(there);
  // All of the grid is in view now, and seen.
  await there.bringToFront();
  await there.setViewportSize({ width: 1280, height: 6000 });
  await there.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  const withProfile = await order(there);
  await here.evaluate(() => window.inkling?.consent.choose({ profile: false }));
  await expect.poll(() => order(there), { timeout: 10_000 }).not.toBe(withProfile);
  await context.close();
});

test('what had begun when the visitor withdrew writes nothing any more', async () => {
  const { page, context } = await shop.visit();
  await context.addInitScript(() => {
    const { get, put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.get = function (key) {
      document.documentElement.dataset.asked = String(key);
      return get.call(this, key);
    };
    IDBObjectStore.prototype.put = function (value, key) {
      if (this.transaction.db.name === 'inkling') document.documentElement.dataset.put = String(key);
      return put.call(this, value, key);
    };
  });
  await page.goto(shop.url);
  await settled(page);
  // Another page keeps the database busy, so that whoever wants to read has to wait.
  const holder = await context.newPage();
  await holder.goto(`${shop.url}/privacy.html`);
  await holder.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opened = indexedDB.open('inkling', 1);
        opened.onupgradeneeded = () => opened.result.createObjectStore('values');
        opened.onsuccess = () => {
          const values = opened.result.transaction('values', 'readwrite').objectStore('values');
          const hold = () => {
            if ('isReleased' in window) opened.result.close();
            else values.count().onsuccess = hold;
          };
          hold();
          resolve();
        };
      }),
  );
  await page.evaluate(() => window.inkling?.consent.choose('accept-all'));
  await page.locator('html[data-asked="profile"]').waitFor();
  await page.evaluate(() => window.inkling?.consent.withdraw());
  await holder.evaluate(() => Object.assign(window, { isReleased: true }));
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(RECEIPTS);
  expect(await copiesIn(page)).toEqual(NOTHING);
  expect(await page.locator('html').getAttribute('data-put')).toBeNull();
  await context.close();
});
