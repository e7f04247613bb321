import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage } from './own-page.ts';
import { priceRanker, shopPack, withModel } from './price-ranker.ts';
import { itemsOf, openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const ORT = dirname(fileURLToPath(import.meta.resolve('onnxruntime-web/wasm')));
const item = (id: string) => `<li data-inkling-item="${id}">${id}</li>`;
const AUTHORED = ['reed-parasol', 'rain-shell', 'kettle'];
const BELOW = ['enamel-mug', 'beanie', 'camp-stove'];
const slotOf = (id: string, items: readonly string[]) =>
  `<ul data-inkling-slot="${id}">${items.map(item).join('')}</ul>`;
const PRICES: Readonly<Record<string, number>> = { 'reed-parasol': 10, 'rain-shell': 30, kettle: 20 };
/** One slot in view, and one that nobody sees; and a picture that takes its time. */
const BODY = `<script type="application/json" data-inkling-context>{"weather":{"condition":"rain"}}</script>
  <img src="/slow.png">${slotOf('grid', AUTHORED)}<div style="height: 5000px"></div>${slotOf('more', BELOW)}`;

/** The shop with a ranker by price that needs `operator`, and onnxruntime-web in a folder. */
async function openWith(
  operator: string,
  attributes: string,
  prepare: (page: Page) => Promise<unknown> = async () => {},
) {
  const asked: string[] = [];
  const opened = await openPage(shop, BODY, {
    attributes,
    async prepare(page) {
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      const pack = shopPack();
      const grid = pack.slots.find(({ id }) => id === 'grid');
      const slots = ['grid', 'more'].map((id) => ({
        ...(grid as NonNullable<typeof grid>),
        id,
        policy: { type: 'greedy' as const },
        rules: [],
        diversity: { lambda: 1 },
      }));
      const json = withModel({ ...pack, slots }, priceRanker(pack, operator));
      await page.route('**/inkling/pack.json', (route) => route.fulfill({ json }));
      await page.route('**/ort/*', (route) => {
        const name = basename(new URL(route.request().url()).pathname);
        const contentType = name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
        return route.fulfill({ contentType, body: readFileSync(join(ORT, name)) });
      });
      await page.route('**/slow.png', (route) => setTimeout(() => route.fulfill({ status: 204 }), 700));
      await prepare(page);
    },
  });
  return { ...opened, ortAsked: () => asked.filter((path) => path.startsWith('/ort/')).length };
}
/** But for those that every such page has. */
const codesOf = (page: Page) =>
  page.evaluate(() => {
    const codes: string[] = [];
    window.inkling?.on('diagnostic', ({ code }) => codes.push(code));
    return codes.filter((code) => code !== 'late' && code !== 'unsigned');
  });
const rank = (page: Page) =>
  page.evaluate(
    (prices) =>
      window.inkling?.rank('grid', { items: Object.entries(prices).map(([id, price]) => ({ id, price })) }),
    PRICES,
  );

test('onnxruntime-web runs what our engines cannot, once the page is idle; meanwhile it is as authored', async () => {
  const { page, context, complaints, ortAsked } = await openWith(
    'Shrink',
    'data-ort="/ort/ort.wasm.min.mjs"',
  );
  expect(await itemsOf(page, 'more')).toEqual(BELOW);
  expect(await codesOf(page)).toEqual(['ort_waits', 'E_MODEL']);
  // The dearest first.
  await expect.poll(() => itemsOf(page, 'more')).toEqual(['camp-stove', 'beanie', 'enamel-mug']);
  expect(ortAsked()).toBeGreaterThan(1);
  // What was seen stays.
  expect(await itemsOf(page, 'grid')).toEqual(AUTHORED);
  const [loaded, began] = await page.evaluate(() => {
    const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const [ort] = performance.getEntriesByType('resource').filter(({ name }) => /\/ort\//.test(name));
    return [visit?.loadEventStart, ort?.startTime];
  });
  expect(began).toBeGreaterThanOrEqual(loaded as number);
  const slate = await rank(page);
  expect(slate).toMatchObject({ source: 'ranker', items: [{ id: 'rain-shell' }, { id: 'kettle' }, {}] });
  expect(complaints).toEqual([]);
  await context.close();
});

test.each<[string, string, string, readonly string[]]>([
  ['where the site does not say that it has it', 'Shrink', '', ['E_MODEL']],
  ['for an operator that the whole engine has', 'Softplus', 'data-ort="/ort/ort.wasm.min.mjs"', []],
  [
    'from another origin',
    'Shrink',
    'data-ort="https://elsewhere.test/ort/ort.wasm.min.mjs"',
    ['ort_waits', 'E_MODEL', 'E_MODEL'],
  ],
])('onnxruntime-web is not asked for %s', async (_, operator, attributes, codes) => {
  const { page, context, ortAsked } = await openWith(operator, attributes);
  await expect.poll(() => codesOf(page)).toEqual(codes);
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await page.waitForTimeout(300);
  expect(ortAsked()).toBe(0);
  expect((await rank(page))?.source).toBe(codes.length > 0 ? 'authored' : 'ranker');
  await context.close();
});

test('destroy() before the page is idle: it is not asked for', async () => {
  const { page, context, ortAsked } = await openWith('Shrink', 'data-ort="/ort/ort.wasm.min.mjs"', (p) =>
    p.addInitScript(() => {
      window.requestIdleCallback = (run) => setTimeout(run, 300);
    }),
  );
  await expect.poll(() => codesOf(page)).toContain('ort_waits');
  await page.evaluate(() => window.inkling?.destroy());
  await page.waitForTimeout(800);
  expect(ortAsked()).toBe(0);
  await context.close();
});

test('onnxruntime-web is not there: a diagnostic, and the page as authored', async () => {
  const { page, context } = await openWith('Shrink', 'data-ort="/nowhere/ort.mjs"');
  await expect
    .poll(() =>
      page.evaluate(() => {
        const places: string[] = [];
        window.inkling?.on('diagnostic', ({ message }) => places.push(message));
        return places;
      }),
    )
    .toContainEqual(expect.stringContaining('onnxruntime-web (npm install'));
  expect(await itemsOf(page, 'more')).toEqual(BELOW);
  expect((await rank(page))?.source).toBe('authored');
  await context.close();
});
