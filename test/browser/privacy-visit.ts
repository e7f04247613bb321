import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { databasesOf, openShop, RECEIPTS, type Shop, settled } from './shop.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface PrivacyVisit {
  readonly page: Page;
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

type Answer = 'accept-all' | 'refuse-all' | undefined;
type VisitOptions = BrowserContextOptions & { readonly language?: string };

/** One shop for the tests of a file, and for each a visitor to whom nothing may be complained of.
 * @returns what opens the page of such a visitor */
export function privateVisits(): (answer: Answer, options?: VisitOptions) => Promise<Page> {
  let shop: Shop;
  let visit: PrivacyVisit | undefined;
  beforeAll(async () => {
    shop = await openShop({ cf: { country: 'NO', timezone: 'Europe/Oslo' } });
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    const complaints = visit?.complaints;
    await visit?.close();
    visit = undefined;
    expect(complaints).toEqual([]);
  });
  return async (answer, options) => {
    visit = await visitPrivately(shop, answer, options);
    return visit.page;
  };
}

/** A visitor of the shop who has answered, on a page that was decided after that.
 * @param answer undefined where nothing was answered yet
 * @param language of the page, as if its author had written it so */
async function visitPrivately(
  shop: Shop,
  answer: Answer,
  { language = 'en', ...options }: VisitOptions = {},
): Promise<PrivacyVisit> {
  const { page, context, complaints } = await shop.visit({ reducedMotion: 'reduce', ...options });
  await context.route(shop.url, async (route) => {
    const response = await route.fetch();
    const direction = language === 'ar' ? ' dir="rtl"' : '';
    const body = (await response.text()).replace('<html lang="en">', `<html lang="${language}"${direction}>`);
    await route.fulfill({ response, body });
  });
  await page.goto(shop.url);
  await settled(page);
  if (answer) {
    await page.evaluate((choice) => window.inkling?.consent.choose(choice), answer);
    // What is granted leaves a receipt, whose code comes only now.
    const stored = answer === 'accept-all' ? RECEIPTS : [];
    await expect.poll(() => databasesOf(page), { timeout: 10_000 }).toEqual(expect.arrayContaining(stored));
    await page.reload();
    await settled(page);
  }
  return { page, complaints, close: () => context.close() };
}

/** The open dialog of the centre or of the reasons. */
export const dialog = (page: Page): Locator => page.getByRole('dialog');

export async function openCentre(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'What is known of me' }).press('Enter');
  await dialog(page).waitFor();
}

/** Opens the reasons for the first item of the grid, which the ranker put there. */
export async function openReasons(page: Page): Promise<void> {
  await page.locator('[data-inkling-slot="grid"] [data-inkling-event="why"]').first().press('Enter');
  await dialog(page).waitFor();
}

/** What axe finds wrong in an element, each with the nodes. */
export async function violationsOf(page: Page, element: string): Promise<unknown> {
  await page.evaluate(AXE);
  return page.evaluate(
    (selector) =>
      (
        window as unknown as {
          axe: { run(root: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe
        .run(selector)
        .then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])),
    element,
  );
}

/** What has the focus, shadow roots looked into. */
export function focusName(page: Page): Promise<string> {
  return page.evaluate(() => {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return node?.id || node?.textContent || '';
  });
}
