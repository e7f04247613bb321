import type { Pack } from '@inkling/core';
import type { BrowserContext, Page, Request } from 'playwright-core';
import { openShop, type Shop, seedOfArm, settled } from './shop.ts';

const DAY_MS = 86_400_000;

/** The shop with a collector, of `counting-shop-worker.ts`. */
export const openCountingShop = (): Promise<Shop> =>
  openShop({
    cf: { country: 'NO', timezone: 'Europe/Oslo' },
    worker: new URL('./counting-shop-worker.ts', import.meta.url),
    durableObjects: { INKLING_AGGREGATOR: 'LookedInto' },
  });

export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: readonly string[];
  /** What was posted, and the chunks that post it. */
  readonly posts: readonly Request[];
  readonly chunks: readonly string[];
}

/** A visitor of the shop, another one every time: batches are named by what is random on a device. */
export async function openWith(
  shop: Shop,
  shipped: Pack,
  arm: 'personalized' | 'holdout' = 'personalized',
): Promise<Opened> {
  const { page, context, complaints } = await shop.visit();
  const posts: Request[] = [];
  const chunks: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === 'POST') posts.push(request);
    if (/^\/(totals|impressions)-\w+\.js$/.test(pathname)) chunks.push(pathname);
  });
  await context.addInitScript(
    (word) => {
      crypto.getRandomValues = (array) => {
        if (array instanceof Uint32Array) array.fill(word);
        return array;
      };
    },
    seedOfArm(arm, 1 + Math.floor(Math.random() * 1e6)),
  );
  await context.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + Number(sessionStorage.getItem('ahead') ?? 0);
  });
  await page.route('**/inkling/pack.json', (route) => route.fulfill({ json: shipped }));
  await page.goto(shop.url);
  await settled(page);
  return { page, context, complaints, posts, chunks };
}

export const choose = (
  page: Page,
  answer: Parameters<NonNullable<Window['inkling']>['consent']['choose']>[0],
) => page.evaluate((given) => window.inkling?.consent.choose(given), answer);

/** Loads the page again, so many days later. */
export async function comeBack(page: Page, days: number): Promise<void> {
  await page.evaluate((ahead) => sessionStorage.setItem('ahead', String(ahead)), days * DAY_MS);
  await page.reload();
  await settled(page);
}
