import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Diagnostic, Pack } from '@inkling/core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  databasesOf,
  itemsOf,
  openShop,
  RECEIPTS,
  REMEMBERED,
  SHOP_FOLDER,
  type Shop,
  settled,
} from '../browser/shop.ts';
import { movesOn, watchMoves } from './watch-moves.ts';

declare global {
  interface Window {
    diagnostics: Diagnostic[];
  }
}

const SLOTS = ['hero', 'for-today', 'grid'];
const readPackText = () => readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8');
const pack = (): Pack => JSON.parse(readPackText());

let shop: Shop;
let authored: Readonly<Record<string, readonly (string | null)[]>>;
beforeAll(async () => {
  // The edge knows the hour, so that a page which is not broken would be personalized.
  shop = await openShop({ cf: { country: 'NO', timezone: 'Europe/Oslo' } });
  const { page, context } = await shop.visit({ javaScriptEnabled: false });
  await page.goto(shop.url);
  authored = Object.fromEntries(
    await Promise.all(SLOTS.map(async (slot) => [slot, await idsWithoutScript(page, slot)] as const)),
  );
  await context.close();
});
afterAll(() => shop.close());

/** Opens the shop as prepared. */
async function open(prepare: (page: Page) => Promise<unknown>) {
  const { page, context, complaints } = await shop.visit();
  await watchMoves(context);
  await context.addInitScript(() => {
    window.diagnostics = [];
    // The script announces itself by this property; whoever hears of it first misses no diagnostic.
    Object.defineProperty(window, 'inkling', {
      configurable: true,
      set(value: NonNullable<Window['inkling']>) {
        Object.defineProperty(window, 'inkling', { value });
        value.on('diagnostic', (diagnostic) => window.diagnostics.push(diagnostic));
      },
    });
  });
  await prepare(page);
  await page.goto(shop.url);
  return { page, context, complaints };
}

async function expectAuthored(page: Page): Promise<void> {
  for (const slot of SLOTS) expect(await itemsOf(page, slot)).toEqual(authored[slot]);
  expect(await movesOn(page)).toEqual([]);
}

const codesOn = (page: Page) => page.evaluate(() => window.diagnostics.map(({ code }) => code));
/** What the browser itself prints of a request that failed; no script can keep it from that. */
const ofNetwork = (complaint: string) => /^error: Failed to load resource/.test(complaint);

test('the same page, not broken, is personalized: the cases below could fail', async () => {
  const { page, context, complaints } = await open(async () => {});
  await settled(page);
  expect(await itemsOf(page, 'grid')).not.toEqual(authored.grid);
  expect(await movesOn(page)).toEqual([]);
  await page.evaluate(() => {
    const row = document.querySelector('[data-inkling-slot="for-today"]');
    row?.append(row.firstElementChild as Element);
  });
  await page.waitForFunction(() => window.moves.length > 0);
  expect(complaints).toEqual([]);
  await context.close();
});

test('the pack names an asset of another origin: refused, and never asked for', async () => {
  const asked: string[] = [];
  const { page, context } = await open((p) => {
    p.on('request', (request) => asked.push(new URL(request.url()).origin));
    const assets = pack().assets.map((asset) =>
      asset.role === 'catalog' ? { ...asset, path: 'https://elsewhere.example/catalog.json' } : asset,
    );
    return p.route('**/inkling/pack.json', (route) => route.fulfill({ json: { ...pack(), assets } }));
  });
  await settled(page);
  await expectAuthored(page);
  expect(await codesOn(page)).toContain('E_PACK_FORMAT');
  expect(new Set(asked)).toEqual(new Set([shop.url]));
  await context.close();
});

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
const key = point.toString('base64url');
const signed = readPackText();
const sig = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
const signature = JSON.stringify({ kid: key.slice(0, 16), sig: sig.toString('base64url') });

/** Opens a page whose script tag has a key, and its pack a signature. */
function openSigned({ dataKey = key, body = signed, sigBody = signature as string | null }) {
  return open(async (p) => {
    await p.route(`${shop.url}/`, async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      await route.fulfill({ response, body: html.replace('data-pack=', `data-key="${dataKey}" data-pack=`) });
    });
    await p.route('**/inkling/pack.json', (route) =>
      route.fulfill({ contentType: 'application/json', body }),
    );
    await p.route('**/inkling/pack.json.sig', (route) =>
      sigBody ? route.fulfill({ contentType: 'application/json', body: sigBody }) : route.abort(),
    );
  });
}

test('the pack is signed by one of the keys of the script tag: personalized, and nothing to report', async () => {
  const { page, context, complaints } = await openSigned({ dataKey: `${'B'.repeat(87)} ${key}` });
  await settled(page);
  expect(await itemsOf(page, 'grid')).not.toEqual(authored.grid);
  expect((await codesOn(page)).filter((code) => code !== 'late')).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test.each([
  [
    'was changed after it was signed',
    'E_PACK_SIGNATURE',
    { body: signed.replace('"holdout":0.1', '"holdout":0.0') },
  ],
  ['is signed by a stranger', 'E_PACK_SIGNATURE', { dataKey: 'B'.repeat(87) }],
  ['has a signature that is none', 'E_PACK_SIGNATURE', { sigBody: '{}' }],
  ['has no signature', 'E_PACK_FETCH', { sigBody: null }],
])('the pack %s: the authored page and %s', async (_, code, change) => {
  const { page, context, complaints } = await openSigned(change);
  await settled(page);
  await expectAuthored(page);
  expect((await codesOn(page)).filter((other) => other !== 'late')).toEqual([code]);
  expect(complaints.filter((complaint) => !ofNetwork(complaint))).toEqual([]);
  await context.close();
});

test('the lazy files are missing: no banner, no reasons, no error', async () => {
  const { page, context, complaints } = await open((p) =>
    p.route(/(consent|explain)-\w+\.js$/, (route) => route.abort()),
  );
  await settled(page);
  const explained = await page.evaluate(async () => {
    const slate = window.inkling?.slates().find(({ source }) => source === 'ranker');
    return slate && (await window.inkling?.explain(slate, slate.items[0]?.id ?? ''));
  });
  expect(explained?.reasons).toEqual([]);
  await page.getByRole('button', { name: 'Privacy choices' }).first().click();
  await page.waitForFunction(
    () => window.diagnostics.filter(({ code }) => code === 'consent_failed').length === 2,
  );
  expect(await codesOn(page)).toContain('explain_failed');
  expect(complaints.filter((complaint) => !ofNetwork(complaint))).toEqual([]);
  await context.close();
});

/** As a visitor who accepted on an earlier page. Runs in the page. */
function acceptAll(): void {
  const day = Math.floor(Date.now() / 86_400_000);
  const choice = { v: 1, p: 'gggg-', policy: 1, day, by: 'accept-all' };
  localStorage.setItem('inkling.consent', JSON.stringify(choice));
}

test('the code that writes a profile is missing: the moment alone decides, nothing is stored, and that is said', async () => {
  const { page, context, complaints } = await open(async (p) => {
    await p.route(/profile-\w+\.js$/, (route) => route.abort());
    await p.addInitScript(acceptAll);
  });
  await settled(page);
  expect(await codesOn(page)).toContain('profile_failed');
  expect(await page.evaluate(() => window.inkling?.profile.get())).toBeUndefined();
  expect(await page.evaluate(() => window.inkling?.slates().map(({ source }) => source))).toContain('ranker');
  expect(complaints.filter((complaint) => !ofNetwork(complaint))).toEqual([]);
  await context.close();
});

test('somebody else wrote the consent key: asked again, and a diagnostic for whoever listens, however late', async () => {
  const { page, context, complaints } = await open((p) =>
    p.addInitScript(() => localStorage.setItem('inkling.consent', 'yes to everything')),
  );
  await page.getByRole('button', { name: 'Accept', exact: true }).waitFor();
  const late = await page.evaluate(() => {
    const codes: string[] = [];
    window.inkling?.on('diagnostic', ({ code }) => codes.push(code));
    return codes;
  });
  expect(late).toContain('consent-malformed');
  expect(complaints).toEqual([]);
  await context.close();
});

test.each([
  [
    'refuses to open',
    () => {
      indexedDB.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    },
  ],
  [
    'never answers',
    () => {
      indexedDB.open = () => ({}) as IDBOpenDBRequest;
      indexedDB.deleteDatabase = () => ({}) as IDBOpenDBRequest;
    },
  ],
])('IndexedDB %s: nothing in view moves, the page is remembered in memory only', async (_, breakStorage) => {
  const { page, context, complaints } = await open(async (p) => {
    await p.addInitScript(breakStorage);
    await p.addInitScript(acceptAll);
  });
  await settled(page);
  expect((await codesOn(page)).filter((code) => code === 'store_failed')).toHaveLength(1);
  expect(await page.evaluate(() => window.inkling?.profile.get()?.visit.count)).toBe(1);
  expect(await itemsOf(page, 'hero')).toEqual(authored.hero);
  expect(await movesOn(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('IndexedDB stops answering and the visitor withdraws: what an earlier page stored goes all the same', async () => {
  const { page, context } = await shop.visit();
  await page.goto(shop.url);
  await settled(page);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(REMEMBERED);
  await context.addInitScript(() => {
    indexedDB.open = () => ({}) as IDBOpenDBRequest;
  });
  await page.reload();
  await settled(page);
  await page.getByRole('button', { name: 'Privacy choices' }).first().click();
  await page.getByRole('button', { name: 'Refuse all' }).click();
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(RECEIPTS);
  await context.close();
});

test.each<[string, 'refuse-all' | { measurement: false }]>([
  ['everything', 'refuse-all'],
  ['one of two purposes', { measurement: false }],
])(
  'the code that remembers is missing and the visitor withdraws %s: what an earlier page stored goes all the same',
  async (_, choice) => {
    const { page, context } = await shop.visit();
    await page.goto(shop.url);
    await settled(page);
    await page.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(REMEMBERED);
    await page.route(/profile-\w+\.js$/, (route) => route.abort());
    await page.reload();
    await settled(page);
    expect(await databasesOf(page)).toEqual(REMEMBERED);
    await page.evaluate((wanted) => window.inkling?.consent.choose(wanted), choice);
    await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(RECEIPTS);
    await context.close();
  },
);

test('the pack never arrives and the visitor withdraws: what an earlier page stored goes at once', async () => {
  const { page, context } = await shop.visit();
  await page.goto(shop.url);
  await settled(page);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(REMEMBERED);
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await page.route('**/inkling/pack.json', () => {});
  await page.reload();
  await page.getByRole('button', { name: 'Privacy choices' }).first().click();
  await page.getByRole('button', { name: 'Refuse all' }).click();
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(RECEIPTS);
  await context.close();
});

test('IndexedDB refuses to open before any choice: the authored page, as the edge knows nothing', async () => {
  const blind = await openShop();
  const { page, context, complaints } = await blind.visit({ userAgent: 'A browser that says nothing' });
  await watchMoves(context);
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await page.goto(blind.url);
  await settled(page);
  await expectAuthored(page);
  expect(complaints).toEqual([]);
  await context.close();
  await blind.close();
});

test('the weather source hangs: the page arrives, without weather', async () => {
  const asked: string[] = [];
  const silent = createServer(({ url = '' }) => void asked.push(url));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const stuck = await openShop({
    cf: { latitude: '60.39', longitude: '5.32' },
    openMeteoHost: `http://127.0.0.1:${port}`,
  });
  try {
    for (const _ of ['first page', 'second page']) {
      const { page, context, complaints } = await stuck.visit();
      await watchMoves(context);
      await page.goto(stuck.url);
      await settled(page);
      expect(await page.evaluate(() => window.inkling?.context.get().weather.condition)).toBe('unknown');
      expect(await movesOn(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    }
    expect(asked.length).toBeGreaterThan(0);
  } finally {
    await stuck.close();
    silent.closeAllConnections();
    silent.close();
  }
});

function idsWithoutScript(page: Page, slot: string): Promise<(string | null)[]> {
  return page
    .locator(`[data-inkling-slot="${slot}"] > [data-inkling-item]`)
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-inkling-item')));
}
