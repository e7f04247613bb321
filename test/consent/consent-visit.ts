import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type ConsentPage, serveConsentPage } from './consent-page.ts';

export const PHONE = { width: 390, height: 844 };

/** Serves the page to every test of a file, which fails where a page of it complains.
 * @returns what opens it in a fresh visitor's browser, or in one more tab of the same visitor */
export function openConsentPages(): (path?: string, options?: BrowserContextOptions) => Promise<Page> {
  let site: ConsentPage;
  let browser: Browser;
  let context: BrowserContext | undefined;
  /** CSP violations, console errors and exceptions of every page of the running test. */
  let complaints: string[] = [];

  beforeAll(async () => {
    [site, browser] = await Promise.all([serveConsentPage(), launchChromium()]);
  });

  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  afterEach(async () => {
    await context?.close();
    context = undefined;
    const found = complaints;
    complaints = [];
    expect(found).toEqual([]);
  });

  return async (path = '', options = {}) => {
    if (!context) {
      context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce', ...options });
      await context.exposeFunction('complain', (text: string) => void complaints.push(text));
      await context.addInitScript(
        "addEventListener('securitypolicyviolation', (e) => complain(e.violatedDirective + ' ' + e.blockedURI))",
      );
    }
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(site.url + path);
    await page.waitForFunction('globalThis.ready');
    return page;
  };
}

export const panel = (page: Page): Locator => page.getByRole('region');
export const button = (page: Page, name: string): Locator =>
  panel(page).getByRole('button', { name, exact: true });
export const opener = (page: Page): Locator => page.getByRole('button', { name: 'Privacy choices' });
export const purposes = (page: Page): Promise<unknown> => page.evaluate('consent.get().purposes');
export const focusName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return node?.id || node?.textContent || '';
  });

export type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

export async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('The element is not visible.');
  return box;
}

/** Everything a page can keep in this browser. */
export async function stored(page: Page): Promise<string[]> {
  const kept: string[] = await page.evaluate(async () => [
    ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
    ...(await indexedDB.databases()).map(({ name }) => `indexedDB ${name}`),
    ...(await caches.keys()).map((name) => `cache ${name}`),
  ]);
  const cookies = (await page.context().cookies()).map(({ name }) => `cookie ${name}`);
  return [...kept, ...cookies];
}

export const KEY_ONLY: readonly string[] = ['localStorage inkling.consent'];
