import { afterAll, beforeAll, expect, test } from 'vitest';
import { itemsOf, NOTHING_STORED, openShop, type Shop, settled, storedBy } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  // The edge knows a place, so that there is something to personalize with before any choice.
  shop = await openShop({ cf: { country: 'NO', timezone: 'Europe/Oslo' } });
});
afterAll(() => shop.close());

test("before a choice: nothing stored, no request but for the site's own files, only what the edge knew is read", async () => {
  const { page, context, complaints } = await shop.visit();
  await context.addInitScript(() => {
    const { open } = indexedDB;
    indexedDB.open = (...call) => {
      document.documentElement.dataset.opened = 'yes';
      return open.apply(indexedDB, call);
    };
  });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  await page.goto(shop.url);
  await settled(page);
  await page.waitForLoadState('networkidle');
  expect(await storedBy(page)).toEqual(NOTHING_STORED);
  // Not even for a moment.
  expect(await page.locator('html').getAttribute('data-opened')).toBeNull();
  expect(requests.filter((request) => !request.startsWith(`GET ${shop.url}/`))).toEqual([]);
  const known = await page.evaluate(() => window.inkling?.context.get());
  expect(known?.geo.country).toBe('NO');
  expect(known?.time.hour).not.toBe('unknown');
  expect(known?.device).toEqual(
    Object.fromEntries(Object.keys(known?.device ?? {}).map((key) => [key, 'unknown'])),
  );
  expect(complaints).toEqual([]);
  await context.close();
});

test('refused: the authored page, and the choice is the only thing kept', async () => {
  const { page, context } = await shop.visit();
  await page.goto(shop.url);
  await settled(page);
  await page.getByRole('button', { name: 'Refuse', exact: true }).click();
  await page.reload();
  await settled(page);
  expect(await page.getByRole('button', { name: 'Accept', exact: true }).isVisible()).toBe(false);
  expect(await page.evaluate(() => window.inkling?.slates().map(({ source }) => source))).toEqual(
    Array(3).fill('authored'),
  );
  const shown = await itemsOf(page, 'grid');
  const { page: untouched, context: second } = await shop.visit({ javaScriptEnabled: false });
  await untouched.goto(shop.url);
  expect(shown).toEqual(
    await untouched
      .locator('[data-inkling-slot="grid"] > [data-inkling-item]')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-inkling-item'))),
  );
  expect(await storedBy(page)).toEqual({ ...NOTHING_STORED, localStorage: ['inkling.consent'] });
  // Off means off, even for a tool that says what the weather is.
  await page.evaluate(() => window.inkling?.context.override({ weather: { condition: 'snow' } }));
  await page.evaluate(() => window.inkling?.rank('grid', { items: [{ id: 'parasol' }, { id: 'sledge' }] }));
  expect(await itemsOf(page, 'grid')).toEqual(shown);
  await context.close();
  await second.close();
});

test('Global Privacy Control: no banner, nothing stored, and the page says that it was honoured', async () => {
  const { page, context } = await shop.visit();
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });
  });
  await page.goto(shop.url);
  await settled(page);
  await page.getByText('Opt-out request honoured').waitFor();
  expect(await page.getByRole('button', { name: 'Accept', exact: true }).isVisible()).toBe(false);
  expect(await page.evaluate(() => window.inkling?.consent.get().purposes)).toEqual({
    necessary: 'granted',
    context: 'unset',
    profile: 'refused',
    measurement: 'refused',
    research: 'refused',
  });
  expect(await storedBy(page)).toEqual(NOTHING_STORED);
  await context.close();
});
