import { join } from 'node:path';
import { drawArm } from '@inkling/core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { serveStorefront } from '../../scripts/serve-storefront.ts';
import { launchChromium } from './chromium.ts';

export const SHOP_FOLDER: string = join(import.meta.dirname, '../../examples/storefront/dist');

export interface Shop {
  readonly url: string;
  readonly browser: Browser;
  /** A new visitor: nothing stored, randomness fixed, every console message and page error noted. */
  visit(options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page said on the console, warnings and errors alike, and what it threw. */
  readonly complaints: readonly string[];
}

/** Serves the built shop from workerd and starts a browser. */
export async function openShop(options: Partial<Parameters<typeof serveStorefront>[0]> = {}): Promise<Shop> {
  const [served, browser] = await Promise.all([
    serveStorefront({ dir: SHOP_FOLDER, ...options }),
    launchChromium(),
  ]);
  return {
    url: served.url,
    browser,
    async visit(contextOptions) {
      const context = await browser.newContext(contextOptions);
      await context.addInitScript(fixRandomness, seedOfArm('personalized'));
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => complaints.push(String(error)));
      return { context, page, complaints };
    },
    async close() {
      await browser.close();
      await served.dispose();
    },
  };
}

/** A word of randomness with which a tenth of holdout gives this arm. @param from the first one that will do */
export function seedOfArm(arm: 'personalized' | 'holdout', from = 1): number {
  for (let word = from; ; word++) {
    if (drawArm(Array(4).fill(word).join('-'), 0.1) === arm) return word;
  }
}

function fixRandomness(word: number): void {
  crypto.getRandomValues = (array) => {
    if (array instanceof Uint32Array) array.fill(word);
    return array;
  };
}

/** Waits until the script has decided, or given up on, every slot. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => (window.inkling?.slates().length ?? 0) >= 3);
}

/** The items of a slot in the order of the page. */
export function itemsOf(page: Page, slot: string): Promise<string[]> {
  return page
    .locator(`[data-inkling-slot="${slot}"] > [data-inkling-item]`)
    .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.inklingItem ?? ''));
}

/** Everything a site can keep on a device. */
export async function storedBy(page: Page): Promise<Record<string, unknown>> {
  const cookies = await page.context().cookies();
  const inPage = await page.evaluate(async () => ({
    localStorage: Object.keys(localStorage),
    sessionStorage: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name).sort(),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  return { cookies, ...inPage };
}

/** The databases the site has by now; for polling, since `waitForFunction` does not wait for a promise. */
export function databasesOf(page: Page): Promise<(string | undefined)[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());
}

/** After a grant, and after it was withdrawn: what proves it stays. */
export const REMEMBERED = ['inkling', 'inkling-receipts'];
export const RECEIPTS = ['inkling-receipts'];

export const NOTHING_STORED = {
  cookies: [],
  localStorage: [],
  sessionStorage: [],
  databases: [],
  caches: [],
  workers: 0,
};
