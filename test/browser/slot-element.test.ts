import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage } from './own-page.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** The page knows that it rains, as if the edge had said so. */
const RAIN = '<script type="application/json" data-inkling-context>{"weather":{"condition":"rain"}}</script>';
const BELOW = '<div style="height:3000px"></div>';
const ITEMS =
  '<p data-inkling-item="parasol">a</p><p data-inkling-item="rain-cape">b</p><p data-inkling-item="straw-hat">c</p>';
const LIST = `${ITEMS}<template><p data-inkling-text="title"></p></template>`;

/** The items of the one slot of the page, as the script has decided it. */
async function shownIn(slot: string): Promise<readonly string[]> {
  const { page, context, complaints } = await openPage(shop, RAIN + BELOW + slot);
  await page.waitForFunction(() => window.inkling?.slates().some(({ source }) => source === 'ranker'));
  await page.waitForFunction(() => document.querySelector('[data-inkling-item]') !== null);
  const items = await page
    .locator('[data-inkling-item]')
    .evaluateAll((all) => all.map((item) => (item as HTMLElement).dataset.inklingItem ?? ''));
  expect(complaints).toEqual([]);
  await context.close();
  return items;
}

test.each([
  [
    'order',
    `<inkling-slot name="grid">${ITEMS}</inkling-slot>`,
    `<div data-inkling-slot="grid">${ITEMS}</div>`,
  ],
  [
    'list of two',
    `<inkling-slot name="for-today" kind="list" k="2">${LIST}</inkling-slot>`,
    `<div data-inkling-slot="for-today" data-inkling-kind="list" data-inkling-k="2">${LIST}</div>`,
  ],
])('an element is a slot like any other: %s', async (_, element, attributes) => {
  const shown = await shownIn(element);
  expect(shown).not.toEqual(['parasol', 'rain-cape', 'straw-hat']);
  expect(shown).toEqual(await shownIn(attributes));
});

test('an element that comes later, in view, is decided before it is painted; without one nothing is defined', async () => {
  const { page, context, complaints } = await openPage(shop, `${RAIN}<main></main>`);
  expect(await page.evaluate(() => customElements.get('inkling-slot'))).toBeUndefined();
  await expect
    .poll(() =>
      page.evaluate(async (html) => {
        const main = document.querySelector('main') as Element;
        main.innerHTML = html;
        await new Promise(requestAnimationFrame);
        return [...main.querySelectorAll<HTMLElement>('p')].map(({ dataset }) => dataset.inklingItem);
      }, `<inkling-slot name="grid">${ITEMS}</inkling-slot>`),
    )
    .toEqual(['rain-cape', expect.any(String), expect.any(String)]);
  expect(complaints).toEqual([]);
  await context.close();
});
