import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type ConsentPage, serveConsentPage } from './consent-page.ts';
import { measureProminence } from './prominence.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LANGUAGES = ['en', 'de', 'fr', 'ar'] as const;
const SCREENS = {
  phone: { viewport: { width: 320, height: 640 } },
  desktop: { viewport: { width: 1280, height: 800 } },
} as const;
const VIEWS = LANGUAGES.flatMap((language) =>
  (Object.keys(SCREENS) as (keyof typeof SCREENS)[]).map((screen) => ({ language, screen })),
);

let site: ConsentPage;
let browser: Browser;
let context: BrowserContext | undefined;

beforeAll(async () => {
  [site, browser] = await Promise.all([serveConsentPage(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});
afterEach(async () => {
  await context?.close();
});

async function visit(language: string, options: BrowserContextOptions): Promise<Page> {
  context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(`${site.url}?lang=${language}`);
  await page.getByRole('region').waitFor();
  return page;
}

const answers = (page: Page) => page.locator('inkling-consent button[part="answer"]');

describe.each(VIEWS)('$language on a $screen', ({ language, screen }) => {
  test.each(['light', 'dark'] as const)('every answer is as prominent as the other (%s)', async (scheme) => {
    const page = await visit(language, { ...SCREENS[screen], colorScheme: scheme });
    for (const view of ['banner', 'preferences']) {
      if (view === 'preferences') await page.evaluate('element.open()');
      // On the same layer: neither is behind another click.
      expect(await answers(page).count()).toBe(2);
      await answers(page).first().scrollIntoViewIfNeeded();
      const [refuse, agree] = [
        await measureProminence(answers(page).nth(0)),
        await measureProminence(answers(page).nth(1)),
      ];
      expect(agree).toEqual(refuse);
      expect(refuse.textContrast).toBeGreaterThanOrEqual(4.5);
      expect(refuse.height).toBeGreaterThanOrEqual(44);
      expect([refuse.isOnTop, refuse.fits]).toEqual([true, true]);
      // Refusing comes first, in the document, for the keyboard, and where reading begins.
      const [first, second] = await Promise.all([
        answers(page).nth(0).boundingBox(),
        answers(page).nth(1).boundingBox(),
      ]);
      expect(first?.y).toBe(second?.y);
      expect(Math.sign((second?.x ?? 0) - (first?.x ?? 0))).toBe(language === 'ar' ? -1 : 1);
    }
  });

  test('axe finds nothing, and nothing is cut off', async () => {
    const page = await visit(language, SCREENS[screen]);
    await page.evaluate(AXE);
    for (const view of ['banner', 'preferences']) {
      if (view === 'preferences') await page.evaluate('element.open()');
      expect(
        await page.evaluate("axe.run('inkling-consent').then((r) => r.violations.map(({ id }) => id))"),
      ).toEqual([]);
      const panel = page.getByRole('region');
      expect(await panel.getAttribute('lang')).toBe(language);
      expect(await panel.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
      expect(await panel.evaluate((node) => getComputedStyle(node).direction)).toBe(
        language === 'ar' ? 'rtl' : 'ltr',
      );
    }
  });
});

test.each(LANGUAGES)('every text is there, in plain words, in %s', async (language) => {
  const page = await visit(language, SCREENS.phone);
  await page.evaluate('element.open()');
  const said = await page.getByRole('region').textContent();
  expect(said).toMatch(
    { en: /Refuse all/, de: /Alles ablehnen/, fr: /Tout refuser/, ar: /أرفض الكل/ }[language],
  );
  if (language !== 'en') expect(said).not.toMatch(/Refuse|Save|Close|Keeps|Adapt to/);
});

test('a language without texts of its own is asked in English; a region does not matter', async () => {
  const page = await visit('nl', SCREENS.phone);
  expect(await page.getByRole('region').getAttribute('lang')).toBe('en');
  await context?.close();
  const swiss = await visit('de-CH', SCREENS.phone);
  expect(await swiss.getByRole('region').getAttribute('lang')).toBe('de');
});

test('opened before its language is there, the panel still takes the focus', async () => {
  const page = await visit('de', SCREENS.phone);
  await page.evaluate(`
    consent.choose('refuse-all');
    element.remove();
    const other = document.createElement('inkling-consent');
    other.consent = consent;
    document.body.append(other);
    other.open();
  `);
  await page.getByRole('region').waitFor();
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('inkling-consent');
});
