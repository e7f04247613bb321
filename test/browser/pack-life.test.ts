import type { Pack } from '@inkling/core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept, type OwnPage, openPage, servePack } from './own-page.ts';
import { itemsOf, openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** The page knows that it rains, as if the edge had said so; nobody sees the slot before it is decided. */
const BODY =
  '<script type="application/json" data-inkling-context>{"weather":{"condition":"rain"}}</script>' +
  '<div style="height:3000px"></div>' +
  '<ul data-inkling-slot="grid"><li data-inkling-item="parasol">a</li><li data-inkling-item="rain-cape">b</li></ul>';
const AUTHORED = ['parasol', 'rain-cape'];
const PERSONALIZED = ['rain-cape', 'parasol'];

const release =
  (version: number, change: Partial<Pack> = {}) =>
  (pack: Pack): Pack => ({ ...pack, version, ...change });

/** What the browser has kept, by key. */
function keptIn(page: Page): Promise<Readonly<Record<string, unknown>>> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const opened = indexedDB.open('inkling');
        opened.onsuccess = () => {
          const values = opened.result.transaction('values').objectStore('values');
          const keys = values.getAllKeys();
          const all = values.getAll();
          all.onsuccess = () => {
            opened.result.close();
            resolve(Object.fromEntries(keys.result.map((key, place) => [key, all.result[place]])));
          };
        };
      }),
  );
}

/** A visitor whose browser has kept this release. */
async function visitWith(version: number, change: Partial<Pack> = {}): Promise<OwnPage> {
  const opened = await openPage(shop, BODY, { prepare: (p) => servePack(p, release(version, change)) });
  await accept(opened.page);
  await expect.poll(() => keptIn(opened.page)).toMatchObject({ pack: { version }, 'pack-files': {} });
  return opened;
}

interface Settled {
  readonly items: readonly string[];
  readonly version: number | undefined;
  readonly codes: readonly string[];
}

/** The same visitor's next page. */
async function reopen(page: Page): Promise<Settled> {
  await page.goto(`${shop.url}/own-page?${Math.random()}`);
  await page.waitForFunction(() => (window.inkling?.slates().length ?? 0) > 0);
  const { version, codes } = await page.evaluate(() => {
    const heard: string[] = [];
    window.inkling?.on('diagnostic', ({ code }) => heard.push(code));
    return { version: window.inkling?.pack()?.version, codes: heard };
  });
  return { items: await itemsOf(page, 'grid'), version, codes };
}

const missing = (page: Page) => page.route('**/inkling/pack.json', (route) => route.fulfill({ status: 404 }));

test('the last good pack stands in for one that does not come, after a grant and not before', async () => {
  const { page, context, complaints } = await visitWith(7);
  await missing(page);
  expect(await reopen(page)).toEqual({
    items: PERSONALIZED,
    version: 7,
    codes: ['E_PACK_FETCH', 'unsigned', 'pack_kept'],
  });
  await page.evaluate(() => window.inkling?.consent.choose({ profile: false }));
  await expect.poll(async () => Object.keys(await keptIn(page))).toEqual(['unit']);
  expect(await reopen(page)).toMatchObject({ items: AUTHORED, version: undefined });
  // The browser itself says that a file was not there.
  expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
  await context.close();
});

test.each<[string, (pack: Pack) => unknown]>([
  ['expired', release(8, { expiresAt: '2020-01-01T00:00:00Z' })],
  ['of another form', () => ({ format: 7 })],
  [
    'one whose asset is another',
    (pack) => ({ ...pack, assets: pack.assets.map((asset) => ({ ...asset, sha256: 'f'.repeat(64) })) }),
  ],
])('the last good pack stands in for one that is %s', async (_, change) => {
  const { page, context } = await visitWith(7);
  await servePack(page, (pack) => change(pack) as Pack);
  expect(await reopen(page)).toMatchObject({ items: PERSONALIZED, version: 7 });
  await context.close();
});

test('a version below the highest floor ever accepted is refused from page to page; a rollback above it is not', async () => {
  const { page, context } = await visitWith(9, { floor: 6 });
  await servePack(page, release(6));
  expect(await reopen(page)).toMatchObject({ items: PERSONALIZED, version: 6 });
  await expect.poll(() => keptIn(page)).toMatchObject({ pack: { version: 6, floor: 6 } });
  await servePack(page, release(5));
  expect(await reopen(page)).toEqual({
    items: PERSONALIZED,
    version: 6,
    codes: expect.arrayContaining(['E_PACK_FLOOR', 'pack_kept']),
  });
  await context.close();
});

test('a pack that turns the site off is obeyed at once, and nothing that was kept stands in for it', async () => {
  const { page, context, complaints } = await visitWith(7);
  await servePack(page, release(8, { off: true }));
  expect(await reopen(page)).toEqual({ items: AUTHORED, version: undefined, codes: ['E_PACK_OFF'] });
  await servePack(page, release(9));
  expect(await reopen(page)).toMatchObject({ items: PERSONALIZED, version: 9 });
  expect(complaints).toEqual([]);
  await context.close();
});

test.each([
  [1, 8],
  [0, 7],
])('a newer pack for a share of %i of those who are counted: version %i', async (share, version) => {
  const canary = { path: 'next.json', share };
  const { page, context } = await visitWith(7, { canary });
  // It names itself, as a pack does that is to be released.
  await servePack(page, release(8, { canary }), '**/inkling/next.json');
  expect(await reopen(page)).toMatchObject({ items: PERSONALIZED, version });
  await page.evaluate(() => window.inkling?.consent.choose({ measurement: false }));
  expect(await reopen(page)).toMatchObject({ items: PERSONALIZED, version: 7 });
  await context.close();
});

test('a canary that cannot be opened leaves the pack that named it', async () => {
  const { page, context } = await visitWith(7, { canary: { path: 'nowhere.json', share: 1 } });
  expect(await reopen(page)).toMatchObject({ items: PERSONALIZED, version: 7 });
  await context.close();
});

test('what somebody else wrote in their place breaks nothing', async () => {
  const { page, context, complaints } = await visitWith(7);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opened = indexedDB.open('inkling');
        opened.onsuccess = () => {
          const transaction = opened.result.transaction('values', 'readwrite');
          transaction.objectStore('values').put({ version: {}, floor: 'high' }, 'pack');
          transaction.objectStore('values').put(new Map([[7, 7]]), 'pack-files');
          transaction.oncomplete = () => {
            opened.result.close();
            resolve();
          };
        };
      }),
  );
  expect(await reopen(page)).toMatchObject({ items: PERSONALIZED, version: 7 });
  expect(complaints).toEqual([]);
  await context.close();
});

test('the next page asks whether the pack has changed, and its files come from the cache of the browser', async () => {
  const { page, context } = await shop.visit();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const paths = new Map<string, string>();
  const statuses = new Map<string, number>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    paths.set(requestId, new URL(request.url).pathname);
  });
  // Only what went over the network has it; 304 is the server's word for "as you have it". The two come in any order.
  session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
    statuses.set(requestId, statusCode);
  });
  const asked = () =>
    [...statuses].flatMap(([id, status]) => {
      const path = paths.get(id) ?? '';
      return path.startsWith('/inkling/') ? `${path} ${status}` : [];
    });
  await page.goto(shop.url);
  await page.waitForFunction(() => window.inkling?.pack());
  await expect.poll(asked).toContain('/inkling/pack.json 200');
  await page.goto(`${shop.url}/search.html`);
  await page.waitForFunction(() => window.inkling?.pack());
  await expect.poll(asked).toContain('/inkling/pack.json 304');
  // Everything else came once, for the first page.
  expect(asked().length).toBeGreaterThan(2);
  expect(asked().filter((one, place, all) => all.indexOf(one) !== place)).toEqual([]);
  await context.close();
});
