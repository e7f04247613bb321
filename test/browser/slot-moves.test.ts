import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideFor, openPage, serveCatalog } from './own-page.ts';
import { itemsOf, openShop, type Shop } from './shop.ts';

const catalog: readonly Item[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../examples/storefront/catalog.json'), 'utf8'),
);

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const RAIN = { weather: { condition: 'rain' } } as const;
const HEAT = { weather: { condition: 'clear', temperature: 'hot' } } as const;

/** Takes `moveBefore` away, as it is missing in some browsers. Runs in the page. */
function withoutMoveBefore(): void {
  Reflect.deleteProperty(Element.prototype, 'moveBefore');
}

/** Opens a grid whose second item, the one for rain, comes first when it rains. */
function openGrid(parasol: string, cape: string, isMoveBeforeThere: boolean) {
  return openPage(
    shop,
    `<ul data-inkling-slot="grid">
      <li data-inkling-item="parasol">${parasol}</li>
      <li data-inkling-item="beanie">a</li>
      <li data-inkling-item="rain-cape">${cape}</li>
    </ul>`,
    { prepare: async (page) => void (isMoveBeforeThere || (await page.addInitScript(withoutMoveBefore))) },
  );
}

const FRAME = '<iframe srcdoc="hello"></iframe>';
const SCROLLER = '<div style="height:50px;overflow:auto" tabindex="-1"><p style="height:500px">long</div>';

test.each([true, false])(
  'what moves keeps its listeners and where it was scrolled to, and what stays its frame (moveBefore: %s)',
  async (isMoveBeforeThere) => {
    const { page, context, complaints } = await openGrid(FRAME, SCROLLER, isMoveBeforeThere);
    await page.evaluate(() => {
      const [frame] = document.getElementsByTagName('iframe');
      Object.assign(frame?.contentWindow ?? {}, { mark: 7 });
      document.querySelector('[tabindex]')?.scrollTo(0, 120);
      document.querySelector('[data-inkling-item="rain-cape"]')?.addEventListener('click', () => {
        document.title += ' clicked';
      });
    });
    await decideFor(page, 'grid', RAIN);
    expect((await itemsOf(page, 'grid')).indexOf('rain-cape')).toBeLessThan(2);
    expect((await itemsOf(page, 'grid')).at(-1)).toBe('parasol');
    await page.locator('[data-inkling-item="rain-cape"]').click();
    expect(
      await page.evaluate(() => [
        Object(document.querySelector('iframe')?.contentWindow).mark,
        document.querySelector('[tabindex]')?.scrollTop,
        document.title,
      ]),
    ).toEqual([7, 120, 'Test clicked']);
    expect(complaints).toEqual([]);
    await context.close();
  },
);

test.each([true, false])('focus and selection survive (moveBefore: %s)', async (isMoveBeforeThere) => {
  const { page, context } = await openGrid('<input value="typed">', 'cape', isMoveBeforeThere);
  // The one that goes from the first place to the last.
  const field = page.locator('[data-inkling-item="parasol"] input');
  await field.evaluate((input: HTMLInputElement) => {
    input.focus();
    input.setSelectionRange(1, 3);
  });
  await decideFor(page, 'grid', RAIN);
  expect((await itemsOf(page, 'grid')).at(-1)).toBe('parasol');
  expect(
    await field.evaluate((input: HTMLInputElement) => [
      document.activeElement === input,
      input.selectionStart,
      input.selectionEnd,
    ]),
  ).toEqual([true, 1, 3]);
  await context.close();
});

test('without moveBefore, what holds the selection stays where it is and the others move around it', async () => {
  const { page, context } = await openGrid('words to mark', 'cape', false);
  await page.evaluate(() => {
    getSelection()?.selectAllChildren(document.querySelector('[data-inkling-item="parasol"]') as Element);
  });
  await decideFor(page, 'grid', RAIN);
  expect((await itemsOf(page, 'grid')).at(-1)).toBe('parasol');
  expect(await page.evaluate(() => String(getSelection()))).toBe('words to mark');
  await context.close();
});

test('without moveBefore, two that would have to pass each other: nothing moves', async () => {
  const { page, context } = await openGrid(FRAME, FRAME, false);
  const authored = await itemsOf(page, 'grid');
  await decideFor(page, 'grid', RAIN);
  const [slate] = await page.evaluate(() => window.inkling?.slates() ?? []);
  expect(slate?.items.map(({ id }) => id)).not.toEqual(authored);
  expect(await itemsOf(page, 'grid')).toEqual(authored);
  await context.close();
});

test.each([
  ['nothing holds a state: all the same', 'b', ['rain-cape', 'parasol']],
  ['a frame would lose its own: the slot stays as authored', FRAME, ['parasol', 'rain-cape']],
])('without moveBefore and without the code that does without it, and %s', async (_, second, shown) => {
  const { page, context, complaints } = await openPage(
    shop,
    `<ul data-inkling-slot="grid"><li data-inkling-item="parasol">a</li><li data-inkling-item="rain-cape">${second}</li></ul>`,
    {
      prepare: async (p) => {
        await p.route(/arrange-\w+\.js$/, (route) => route.abort());
        await p.addInitScript(withoutMoveBefore);
      },
    },
  );
  await decideFor(page, 'grid', RAIN);
  const [slate] = await page.evaluate(() => window.inkling?.slates() ?? []);
  expect(slate?.items[0]?.id).toBe('rain-cape');
  expect(await itemsOf(page, 'grid')).toEqual(shown);
  // What the browser itself prints of a request that failed.
  expect(complaints.filter((complaint) => !/Failed to load resource/.test(complaint))).toEqual([]);
  await context.close();
});

test('shelves: the groups change places, and the items within each; nothing leaves its shelf', async () => {
  const shelf = (group: string, ...ids: string[]) =>
    `<section data-inkling-shelf="${group}"><h2>${group}</h2><ul data-inkling-shelf-items>${ids
      .map((id) => `<li data-inkling-item="${id}">${id}</li>`)
      .join('')}</ul></section>`;
  const { page, context, complaints } = await openPage(
    shop,
    `<div data-inkling-slot="shop" data-inkling-kind="shelves">
      ${shelf('sun', 'parasol', 'straw-hat')}<p>an advertisement</p>${shelf('wet', 'wellingtons', 'rain-cape', 'storm-umbrella')}
    </div>`,
    {
      prepare: (p) => {
        const groups: Readonly<Record<string, string>> = { parasol: 'sun', 'straw-hat': 'sun' };
        const grouped = catalog.map((item) => ({ ...item, group: groups[item.id] ?? 'wet' }));
        const slot = {
          id: 'shop',
          kind: 'shelves',
          decide: 'client',
          policy: { type: 'greedy' },
          rules: [],
        } as const;
        return serveCatalog(p, grouped, [slot]);
      },
    },
  );
  const shelves = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('[data-inkling-slot] > *')].map((child) =>
        [...child.querySelectorAll<HTMLElement>('[data-inkling-item]')].map(
          ({ dataset }) => dataset.inklingItem,
        ),
      ),
    );
  const chosen = () => page.evaluate(() => window.inkling?.slates()[0]?.items.map(({ id }) => id) ?? []);
  await decideFor(page, 'shop', RAIN);
  const [first, between, last] = await shelves();
  expect(first?.toSorted()).toEqual(['rain-cape', 'storm-umbrella', 'wellingtons']);
  expect(between).toEqual([]);
  expect([...(first ?? []), ...(last ?? [])]).toEqual(await chosen());
  await decideFor(page, 'shop', HEAT);
  expect((await shelves())[0]?.toSorted()).toEqual(['parasol', 'straw-hat']);
  expect((await shelves()).flat()).toEqual(await chosen());
  expect(complaints).toEqual([]);
  await context.close();
});
