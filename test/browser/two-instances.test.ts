import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
let script: string;
beforeAll(async () => {
  shop = await openShop();
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'two-instances-page.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@inkling/source'],
  });
  script = outputFiles[0]?.text ?? '';
});
afterAll(() => shop.close());

async function openTwo(query = '', prepare?: (page: Page) => Promise<unknown>) {
  const { page, context, complaints } = await shop.visit();
  await prepare?.(page);
  await page.route('**/two.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  const body = '<!doctype html><title>Two</title><body><script type="module" src="/two.js"></script>';
  await page.route('**/own-page*', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${shop.url}/own-page${query}`);
  await page.evaluate(() => Promise.all([window.one.ready, window.other.ready]));
  return { page, context, complaints };
}

/** The order of two items in the rain, or in the heat. */
const rank = (page: Page, which: 'one' | 'other') =>
  page.evaluate(async (name) => {
    const slate = await window[name].rank('grid', { items: [{ id: 'parasol' }, { id: 'rain-cape' }] });
    return slate.items.map(({ id }) => id);
  }, which);

test('two side by side share nothing: not the moment, not the profile, not the end', async () => {
  const { page, context, complaints } = await openTwo();
  await page.evaluate(() => {
    window.one.context.override({ weather: { condition: 'rain' } });
    window.other.context.override({ weather: { condition: 'clear', temperature: 'hot' } });
  });
  expect(await rank(page, 'one')).toEqual(['rain-cape', 'parasol']);
  expect(await rank(page, 'other')).toEqual(['parasol', 'rain-cape']);
  const recents = await page.evaluate(async () => {
    window.one.track({ type: 'click', item: 'rain-cape' });
    await Promise.resolve();
    return [window.one, window.other].map(({ profile }) => profile.get()?.recents.map(({ id }) => id));
  });
  expect(recents).toEqual([['rain-cape'], []]);
  await page.evaluate(() => window.one.destroy());
  expect(await page.evaluate(() => window.one.context.get().time.hour)).toBe('unknown');
  expect(await page.evaluate(() => window.other.context.get().time.hour)).not.toBe('unknown');
  expect(await rank(page, 'other')).toEqual(['parasol', 'rain-cape']);
  expect(complaints).toEqual([]);
  await context.close();
});

test('a site hears the declared fields of what is shown, and no others', async () => {
  const { page, context } = await openTwo();
  await page.evaluate(() => window.one.context.override({ weather: { condition: 'rain' } }));
  await rank(page, 'one');
  await page.evaluate(async () => {
    const [slate] = window.one.slates();
    if (slate) window.one.expose(slate);
  });
  const [decision, exposure, ...rest] = await page.evaluate(() => window.shown);
  expect(rest).toEqual([]);
  expect(decision?.what).toBe('decision');
  expect(exposure).toEqual({ what: 'exposure', shown: decision?.shown });
  expect(decision?.shown).toEqual({
    decisionId: expect.stringMatching(/^[0-9a-f]{16}$/),
    slot: 'grid',
    source: 'ranker',
    arm: 'personalized',
    items: ['rain-cape', 'parasol'],
    propensity: expect.any(Number),
  });
  await context.close();
});

test.each([
  ['', 'authored', ['decision']],
  ['?test', 'ranker', ['decision', 'exposure']],
])(
  'a browser that a program drives is not measured, but for a test of the site ("%s")',
  async (query, source, heard) => {
    const { page, context, complaints } = await openTwo(query, (p) =>
      p.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, 'webdriver', { configurable: true, get: () => true });
      }),
    );
    await page.evaluate(() => window.one.context.override({ weather: { condition: 'rain' } }));
    await rank(page, 'one');
    const slate = await page.evaluate(async () => {
      const [first] = window.one.slates();
      if (first) window.one.expose(first);
      return first;
    });
    expect(slate?.source).toBe(source);
    expect(await page.evaluate(() => window.shown.map(({ what }) => what))).toEqual(heard);
    expect(complaints).toEqual([]);
    await context.close();
  },
);
