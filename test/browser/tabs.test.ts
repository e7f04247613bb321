import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept, openPage } from './own-page.ts';
import { openShop, type Shop, settled } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function openTwo() {
  const { page: here, context } = await shop.visit();
  await here.goto(shop.url);
  await settled(here);
  await here.evaluate(() => window.inkling?.consent.choose('accept-all'));
  await here.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  const there = await context.newPage();
  await there.goto(shop.url);
  await settled(there);
  await there.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  return { here, there, context };
}

const like = (page: Page, item: string) =>
  page.evaluate((id) => window.inkling?.track({ type: 'like', item: id }), item);
const recentsOn = (page: Page) =>
  page.evaluate(() =>
    window.inkling?.profile
      .get()
      ?.recents.map(({ id }) => id)
      .sort(),
  );

test('what happens in two tabs is kept of both, and each learns of the other when it next remembers something', async () => {
  const { here, there, context } = await openTwo();
  for (let round = 0; round < 5; round++) {
    await Promise.all([like(here, `here-${round}`), like(there, `there-${round}`)]);
  }
  const expected = [0, 1, 2, 3, 4].flatMap((round) => [`here-${round}`, `there-${round}`]).sort();
  const next = await context.newPage();
  await next.goto(shop.url);
  await settled(next);
  await expect.poll(() => recentsOn(next)).toEqual(expected);
  await like(here, 'here-5');
  await expect.poll(() => recentsOn(here)).toEqual([...expected, 'here-5'].sort());
  await context.close();
});

test('what was forgotten in one tab does not come back by another', async () => {
  const { here, there, context } = await openTwo();
  await like(there, 'kettle');
  await expect.poll(() => recentsOn(there)).toEqual(['kettle']);
  await here.evaluate(() => window.inkling?.profile.erase());
  await like(there, 'tent');
  await expect.poll(() => recentsOn(there)).toEqual(['tent']);
  await context.close();
});

test('all that happens in one task is one write', async () => {
  const { page, context } = await openPage(shop, '<p>A page without slots.</p>');
  await accept(page);
  const writes = await page.evaluate(async () => {
    let count = 0;
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, key) {
      if (key === 'profile') count++;
      return put.call(this, value, key);
    };
    for (let index = 0; index < 50; index++) window.inkling?.track({ type: 'like', item: `item-${index}` });
    await new Promise((resolve) => setTimeout(resolve, 300));
    return count;
  });
  expect(writes).toBe(1);
  expect(await recentsOn(page)).toContain('item-49');
  await context.close();
});
