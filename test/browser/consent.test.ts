import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  databasesOf,
  itemsOf,
  NOTHING_STORED,
  openShop,
  RECEIPTS,
  REMEMBERED,
  SHOP_FOLDER,
  type Shop,
  settled,
  storedBy,
} from './shop.ts';

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
  // What its request says; the device's own sensors are not read.
  const unread = Object.keys(known?.device ?? {}).map((key) => [key, 'unknown']);
  expect(known?.device).toEqual({ ...Object.fromEntries(unread), form: 'desktop' });
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

test('Global Privacy Control in the header alone is honoured just the same', async () => {
  const { page, context } = await shop.visit({ extraHTTPHeaders: { 'sec-gpc': '1' } });
  await page.goto(shop.url);
  await settled(page);
  await page.getByText('Opt-out request honoured').waitFor();
  expect(await page.evaluate(() => window.inkling?.consent.get().purposes.profile)).toBe('refused');
  expect(await storedBy(page)).toEqual(NOTHING_STORED);
  await context.close();
});

test('a Californian is asked by the rule of California, and a refusal is respected for a year', async () => {
  const west = await openShop({ cf: { country: 'US', regionCode: 'CA', timezone: 'America/Los_Angeles' } });
  const { page, context } = await west.visit();
  await page.goto(west.url);
  await settled(page);
  await page.getByRole('button', { name: 'Choose', exact: true }).click();
  await page.getByText('a refusal for 365 days').waitFor();
  await page.getByRole('button', { name: 'Refuse all' }).click();
  expect(await page.evaluate(() => window.inkling?.consent.get())).toMatchObject({
    regime: 'opt-out',
    region: 'US-CA',
    purposes: { profile: 'refused' },
  });
  const stored = await page.evaluate(() => localStorage.getItem('inkling.consent') ?? '');
  expect(JSON.parse(stored)).toMatchObject({ p: 'grrrr', off: 365 });
  await context.close();
  await west.close();
});

test.each([
  [
    'is used, although it came after the question',
    [{ regions: 'NO', regime: 'notice', refusalDays: 90 }],
    'notice',
    90,
  ],
  ['of rows that are none is not, and that is said', [{ regions: 'NO', regime: 'perhaps' }], 'opt-in', 180],
] as const)('the pack’s own table of regions %s', async (_, regimes, regime, days) => {
  const { page, context } = await shop.visit();
  const pack = JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));
  let isAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  await page.route('**/inkling/pack.json', async (route) => {
    await asked;
    await route.fulfill({ json: { ...pack, regimes } });
  });
  await page.goto(shop.url);
  await page.evaluate(() => {
    const codes: string[] = [];
    window.inkling?.on('diagnostic', ({ code }) => codes.push(code));
    Object.assign(window, { codes });
  });
  await page.getByRole('button', { name: 'Choose', exact: true }).waitFor();
  expect(await page.evaluate(() => window.inkling?.consent.get().regime)).toBe('opt-in');
  isAsked();
  await expect.poll(() => page.evaluate(() => !!window.inkling?.pack())).toBe(true);
  await expect.poll(() => page.evaluate(() => window.inkling?.consent.get().regime)).toBe(regime);
  const isRefused = () => (window as { codes?: string[] }).codes?.includes('regimes_refused');
  await expect.poll(() => page.evaluate(isRefused)).toBe(regime === 'opt-in');
  // A notice asks nothing.
  const question = page.getByRole('button', { name: 'Refuse', exact: true });
  await expect.poll(() => question.count()).toBe(regime === 'notice' ? 0 : 1);
  await page.evaluate(() => window.inkling?.consent.choose('refuse-all'));
  const stored = await page.evaluate(() => localStorage.getItem('inkling.consent') ?? '');
  expect(JSON.parse(stored).off).toBe(days);
  await context.close();
});

test.each([
  ['withdraw', RECEIPTS],
  ['erase', []],
] as const)(
  'the code that acts is missing and the page says %s: the grants and what they stored go all the same',
  async (act, databases) => {
    const { page, context } = await shop.visit();
    await page.goto(shop.url);
    await settled(page);
    await page.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(REMEMBERED);
    await page.route(/consent-\w+\.js$/, (route) => route.abort());
    await page.reload();
    await settled(page);
    await page.evaluate((act) => window.inkling?.consent[act](), act);
    await expect.poll(() => storedBy(page), { timeout: 10_000 }).toEqual({ ...NOTHING_STORED, databases });
    expect(await page.evaluate(() => window.inkling?.consent.get().purposes.profile)).toBe('unset');
    await context.close();
  },
);

test('a page that comes back from the back/forward cache obeys what was chosen meanwhile', async () => {
  const { page, context } = await shop.visit();
  await page.goto(shop.url);
  await settled(page);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(REMEMBERED);
  // The page looks again for a while at what a choice has stored, its own too.
  await page.waitForTimeout(400);
  await page.evaluate(() => {
    // Its own writing sends a page no event, like what happens while it is frozen.
    const refused = { v: 2, p: 'gwww-', policy: 1, day: Math.floor(Date.now() / 86_400_000), by: 'save' };
    localStorage.setItem('inkling.consent', JSON.stringify(refused));
  });
  expect(await page.evaluate(() => window.inkling?.profile.get())).toBeDefined();
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  expect(await page.evaluate(() => window.inkling?.profile.get())).toBeUndefined();
  expect(await page.evaluate(() => window.inkling?.consent.get().purposes.profile)).toBe('refused');
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(RECEIPTS);
  await context.close();
});
