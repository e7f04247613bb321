import type { Context } from '@inkling/core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept, openPage } from './own-page.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const contextOn = (page: Page) => page.evaluate(() => window.inkling?.context.get() as Context);
/** Polls until a field of the context is known. */
const known = (page: Page, area: keyof Context, field: string) =>
  expect
    .poll(() =>
      page.evaluate(([a, f]) => window.inkling?.context.get()[a as 'page'][f as 'item'], [area, field]),
    )
    .not.toBe('unknown');

test('in an opt-in regime not even the code of the sensors is loaded before a choice, and they end with a refusal', async () => {
  const asked: string[] = [];
  const { page, context, complaints } = await openPage(shop, '<p>Hello', {
    prepare: async (p) => void p.on('request', (request) => asked.push(request.url())),
  });
  expect((await contextOn(page)).time.hour).toBe('unknown');
  const sensors = () => asked.filter((url) => /sensors-/.test(url)).length;
  expect(sensors()).toBe(0);
  await accept(page);
  await known(page, 'time', 'hour');
  expect(sensors()).toBe(1);
  const { device, page: place } = await contextOn(page);
  expect(device).toMatchObject({ form: 'desktop', pointer: 'fine', viewport: 'large', dataSaver: false });
  expect(place).toMatchObject({ depth: 1 });
  await page.evaluate(() => window.inkling?.consent.choose('refuse-all'));
  await expect.poll(async () => (await contextOn(page)).time.hour).toBe('unknown');
  expect(complaints).toEqual([]);
  await context.close();
});

test('a campaign is known by name only if the site named it, and an address never', async () => {
  const referral = async (query: string) => {
    const { page, context } = await openPage(shop, '<p>Hello', {
      query,
      attributes: 'data-campaigns="summer sale-2"',
    });
    await accept(page);
    await known(page, 'time', 'hour');
    const found = (await contextOn(page)).referral;
    await context.close();
    return found;
  };
  expect(await referral('?utm_campaign=sale-2&utm_medium=email')).toEqual({
    channel: 'email',
    campaign: 'sale-2',
  });
  expect(await referral('?utm_campaign=ann@example.com&utm_medium=cpc')).toEqual({
    channel: 'campaign',
    campaign: 'unknown',
  });
});

const jsonLd = (value: string) => `<script type="application/ld+json">${value}</script>`;

test.each([
  ['a product', jsonLd('{"@type":"Product","sku":"rain-cape"}'), { type: 'product', item: 'rain-cape' }],
  [
    'an article in a graph, behind broken markup',
    jsonLd('{"@type":') +
      jsonLd('{"@graph":[{"@type":"WebSite"},{"@type":["NewsArticle"],"identifier":"a1"}]}'),
    { type: 'article', item: 'a1' },
  ],
  [
    'nothing it may use',
    jsonLd('[null,7,{"@type":"constructor","sku":{}},{"@type":"Person"}]'),
    { type: 'unknown', item: 'unknown' },
  ],
  [
    'attributes of the body beside it',
    `<body data-inkling-page="deal">${jsonLd('{"@type":"Product","sku":"rain-cape"}')}`,
    { type: 'deal', item: 'rain-cape' },
  ],
])('what the page is, from %s', async (_, body, expected) => {
  const { page, context, complaints } = await openPage(shop, body);
  await accept(page);
  await known(page, 'time', 'hour');
  expect((await contextOn(page)).page).toMatchObject(expected);
  expect(complaints).toEqual([]);
  await context.close();
});

test('the view of a product described in JSON-LD enters the profile on the next page', async () => {
  const { page, context } = await openPage(shop, jsonLd('{"@type":"Product","sku":"rain-cape"}'));
  await accept(page);
  await page.reload();
  await expect
    .poll(() => page.evaluate(() => window.inkling?.profile.get()?.recents.map(({ id }) => id)))
    .toEqual(['rain-cape']);
  await context.close();
});

test('depth is the share of the document that was in view, and does not sink again', async () => {
  const { page, context } = await openPage(shop, '<div style="height: 10000px">');
  await accept(page);
  await known(page, 'page', 'depth');
  expect((await contextOn(page)).page.depth).toBeLessThan(0.2);
  await page.evaluate(() => scrollTo(0, 5000));
  await expect.poll(async () => Number((await contextOn(page)).page.depth)).toBeGreaterThan(0.5);
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect((await contextOn(page)).page.depth).toBeGreaterThan(0.5);
  await context.close();
});

test('dwell counts the seconds while the page is visible and somebody is there', async () => {
  const { page, context } = await openPage(shop, '<p>Hello', { prepare: (p) => p.clock.install() });
  await accept(page);
  await known(page, 'page', 'dwell');
  const dwell = async () => Number((await contextOn(page)).page.dwell);
  const pass = (seconds: number) => page.clock.fastForward(seconds * 1000);
  const become = (state: string) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await page.mouse.move(10, 10);
  const before = await dwell();
  await pass(10);
  expect((await dwell()) - before).toBeGreaterThanOrEqual(10);
  await become('hidden');
  const hidden = await dwell();
  await pass(20);
  expect(await dwell()).toBe(hidden);
  await become('visible');
  await pass(500);
  // Idle for all but the first half minute.
  expect((await dwell()) - hidden).toBeGreaterThanOrEqual(30);
  expect((await dwell()) - hidden).toBeLessThan(35);
  await context.close();
});
