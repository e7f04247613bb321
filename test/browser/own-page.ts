import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContextPatch, Item, Pack, SlotSpec } from '@inkling/core';
import type { BrowserContext, Page } from 'playwright-core';
import { SHOP_FOLDER, type Shop } from './shop.ts';

export interface OwnPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: readonly string[];
}

export interface OwnPageOptions {
  /** Further attributes of the script tag. */
  readonly attributes?: string;
  /** From `?` on. */
  readonly query?: string;
  /** Before anything is opened. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** A page of our own on the shop's origin, with the shop's script and pack; a new visitor's unless one is given. */
export async function openPage(
  shop: Shop,
  body: string,
  { attributes = '', query = '', prepare }: OwnPageOptions = {},
): Promise<OwnPage> {
  const { page, context, complaints } = await shop.visit();
  const head = `<!doctype html><title>Test</title><script src="/inkling.js" data-pack="/inkling/pack.json" ${attributes} async></script>`;
  await page.route(/\/own-page/, (route) => route.fulfill({ contentType: 'text/html', body: head + body }));
  await prepare?.(page);
  await page.goto(`${shop.url}/own-page${query}`);
  await page.waitForFunction(() => window.inkling !== undefined);
  await page.evaluate(() => window.inkling?.ready);
  return { page, context, complaints };
}

/** Lays a moment over the page and waits until the slot has followed. */
export async function decideFor(page: Page, slot: string, moment: ContextPatch): Promise<void> {
  const decided = page.evaluate(
    (id) =>
      new Promise<void>((resolve) =>
        window.inkling?.on('decision', (slate) => slate.slot === id && resolve()),
      ),
    slot,
  );
  await page.evaluate((patch) => window.inkling?.context.override(patch), moment);
  await decided;
}

/** Presses Accept and waits until what is granted has been settled. */
export async function accept(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
}

/** The shop's pack, changed. */
export async function servePack(
  page: Page,
  change: (pack: Pack) => Pack,
  address = '**/inkling/pack.json',
): Promise<void> {
  const pack: Pack = JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));
  await page.route(address, (route) => route.fulfill({ json: change(pack) }));
}

/** The shop's pack with another catalog, its hash set right, and perhaps other slots. */
export async function serveCatalog(
  page: Page,
  catalog: readonly Item[],
  slots?: readonly SlotSpec[],
): Promise<void> {
  const body = JSON.stringify(catalog);
  await servePack(page, (pack) => ({
    ...pack,
    ...(slots && { slots }),
    assets: pack.assets.map((asset) =>
      asset.role === 'catalog'
        ? { ...asset, path: 'own-catalog.json', sha256: createHash('sha256').update(body).digest('hex') }
        : asset,
    ),
  }));
  await page.route('**/inkling/own-catalog.json', (route) => route.fulfill({ body }));
}
