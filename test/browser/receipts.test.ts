import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dialog, openCentre } from './privacy-visit.ts';
import { databasesOf, openShop, RECEIPTS, type Shop, settled } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ cf: { country: 'NO', timezone: 'Europe/Oslo' } });
});
afterAll(() => shop.close());

interface Seen {
  readonly page: Page;
  readonly proofs: unknown[];
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** The shop with attributes on its `<inkling-consent>`, and what is posted to `/proof`. */
async function open(attributes: string): Promise<Seen> {
  const { page, context, complaints } = await shop.visit();
  const proofs: unknown[] = [];
  await context.route(shop.url, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<inkling-consent[^>]*>/, `<inkling-consent ${attributes}>`);
    await route.fulfill({ response, body });
  });
  await context.route('**/proof', async (route) => {
    const request = route.request();
    proofs.push([request.method(), await request.headerValue('cookie'), request.postDataJSON()]);
    await route.fulfill({ status: 204 });
  });
  await page.goto(shop.url);
  await settled(page);
  return { page, proofs, complaints, close: () => context.close() };
}

const record = async (page: Page) => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog(page)
      .getByRole('button', { name: /^Receipt of/ })
      .press('Enter'),
  ]);
  expect(download.suggestedFilename()).toBe('consent-receipt.json');
  return JSON.parse(readFileSync(await download.path(), 'utf8'));
};

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

/** Of the choice that is stored. */
const hashOf = (page: Page) =>
  page.evaluate(() => JSON.parse(localStorage.getItem('inkling.consent') ?? '{}').text);

test('a grant leaves a receipt of what was shown and by whom; it outlives the withdrawal, and can be read and deleted', async () => {
  const { page, complaints, close } = await open('controller="The Shop Ltd" notice="/privacy.html"');
  await press(page, 'Refuse');
  await page.getByRole('button', { name: 'Refuse', exact: true }).waitFor({ state: 'detached' });
  expect(await databasesOf(page)).toEqual([]);
  await press(page, 'Privacy choices');
  await page.getByRole('checkbox', { name: 'Adapt to the moment' }).check();
  await press(page, 'Save');
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(RECEIPTS);
  const hash = await hashOf(page);
  expect(hash).toMatch(/^[0-9a-f]{16}$/);

  await openCentre(page);
  const given = await record(page);
  expect(given).toMatchObject({
    'dpv:hasDataController': { 'dct:title': 'The Shop Ltd' },
    'dpv:hasNotice': { 'dct:language': 'en', 'dct:identifier': hash, 'dct:source': '/privacy.html' },
    'dpv:hasProcess': [{ 'dct:identifier': 'context' }],
  });
  expect(given['dpv:hasConsentStatus']).toHaveLength(1);
  await page.keyboard.press('Escape');

  await press(page, 'Privacy choices');
  await press(page, 'Refuse all');
  await openCentre(page);
  expect((await record(page))['dpv:hasConsentStatus'][1]).toMatchObject({
    '@type': 'dpv:ConsentWithdrawn',
    'dct:subject': ['context'],
  });
  await dialog(page)
    .getByRole('button', { name: /^Erase Receipt of/ })
    .press('Enter');
  await expect
    .poll(() =>
      dialog(page)
        .getByRole('button', { name: /^Receipt of/ })
        .count(),
    )
    .toBe(0);
  await page.evaluate(() => window.inkling?.consent.erase());
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual([]);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(complaints).toEqual([]);
  await close();
});

test('the same text has the same hash, another one another', async () => {
  const [first, second, other] = await Promise.all([open(''), open(''), open('')]);
  for (const { page } of [first, second]) await press(page, 'Accept');
  await press(other.page, 'Choose');
  await press(other.page, 'Refuse all');
  const hashes = await Promise.all([first, second, other].map(({ page }) => hashOf(page)));
  expect(hashes[0]).toMatch(/^[0-9a-f]{16}$/);
  expect(hashes[1]).toBe(hashes[0]);
  expect(hashes[2]).not.toBe(hashes[0]);
  for (const { close } of [first, second, other]) await close();
});

test.each([
  ['no proof is sent unless the site asks for it', '', 0],
  ['nor where it names no legal basis', 'proof="/proof"', 0],
  ['where it does, one of these fields alone', 'proof="/proof" legal-basis="GDPR 7(1)"', 1],
])('%s', async (_, attributes, count) => {
  const { page, proofs, complaints, close } = await open(attributes);
  await press(page, 'Accept');
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toContain('inkling-receipts');
  await expect.poll(() => proofs.length).toBe(count);
  const hash = await hashOf(page);
  for (const proof of proofs) {
    expect(proof).toEqual([
      'POST',
      null,
      {
        notice: hash,
        choice: ['context', 'profile', 'measurement'],
        hour: expect.any(Number),
      },
    ]);
  }
  await page.evaluate(() => window.inkling?.consent.withdraw());
  expect(proofs.length).toBe(count);
  expect(complaints).toEqual([]);
  await close();
});

test('where the code that records is missing, the choice holds all the same', async () => {
  const { page, context } = await shop.visit();
  await page.route(/records-\w+\.js$/, (route) => route.abort());
  await page.goto(shop.url);
  await settled(page);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(['inkling']);
  const codes = await page.evaluate(() => {
    const codes: string[] = [];
    window.inkling?.on('diagnostic', ({ code }) => codes.push(code));
    return codes;
  });
  expect(codes).toContain('record_failed');
  await context.close();
});
