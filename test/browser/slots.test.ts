import type { Item } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideFor, openPage, serveCatalog, servePack } from './own-page.ts';
import { itemsOf, openShop, type Shop } from './shop.ts';

const RAIN = { weather: { condition: 'rain' } } as const;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

test('order: a child without an id, and one the catalog does not know, stay in the list; focus survives the move', async () => {
  const { page, context } = await openPage(
    shop,
    `
    <ul data-inkling-slot="grid">
      <li data-inkling-item="sun-hat-of-nobody">unknown to the catalog</li>
      <li>an advertisement without id</li>
      <li data-inkling-item="parasol">parasol</li>
      <li data-inkling-item="rain-cape"><button>rain cape</button></li>
    </ul>`,
  );
  await page.getByRole('button', { name: 'rain cape' }).focus();
  await decideFor(page, 'grid', RAIN);
  const texts = await page.locator('[data-inkling-slot="grid"] > li').allTextContents();
  expect(texts).toHaveLength(4);
  expect(texts[0]).toBe('rain cape');
  expect(texts[1]).toBe('an advertisement without id');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('rain cape');
  await context.close();
});

test('list: text is text, an address is http, an attribute that runs code is not filled', async () => {
  const evil: Item = {
    id: 'rain-cape',
    group: 'product',
    tags: ['rain'],
    title: '<img src=x onerror="document.title=1">',
    url: 'javascript:document.title=2',
    attributes: { code: 'document.title=3' },
  };
  const { page, context } = await openPage(
    shop,
    `<ul data-inkling-slot="for-today" data-inkling-kind="list">
      <li data-inkling-item="parasol">the fallback</li>
      <template><li>
        <a data-inkling-attr="href:url;onclick:attributes.code;style:attributes.code;title:title" data-inkling-text="title"></a>
      </li></template>
    </ul>`,
    { prepare: (p) => serveCatalog(p, [evil]) },
  );
  await decideFor(page, 'for-today', RAIN);
  const link = page.locator('[data-inkling-slot="for-today"] > [data-inkling-item="rain-cape"] a');
  expect(await link.textContent()).toBe(evil.title);
  expect(
    await link.evaluate((a) => a.getAttributeNames().filter((name) => !name.startsWith('data-'))),
  ).toEqual(['title']);
  expect(await page.locator('[data-inkling-slot="for-today"] img').count()).toBe(0);
  expect(await page.title()).toBe('Test');
  await context.close();
});

test('a slot the pack does not know stays as authored, and a diagnostic says so', async () => {
  const { page, context, complaints } = await openPage(
    shop,
    '<ul data-inkling-slot="elsewhere"><li data-inkling-item="parasol">a</li><li data-inkling-item="rain-cape">b</li></ul>',
  );
  const heard = page.evaluate(
    () =>
      new Promise<string>((resolve) =>
        window.inkling?.on('diagnostic', ({ code, message }) => code === 'E_SLOT' && resolve(message)),
      ),
  );
  await page.evaluate((patch) => window.inkling?.context.override(patch), RAIN);
  expect(await heard).toBe('slot: expected one of the pack, found elsewhere');
  expect(await itemsOf(page, 'elsewhere')).toEqual(['parasol', 'rain-cape']);
  expect(complaints).toEqual([]);
  await context.close();
});

test('two copies of the script are one', async () => {
  const { page, context, complaints } = await openPage(
    shop,
    `<script src="/inkling.js" data-pack="/inkling/pack.json"></script>
    <ul data-inkling-slot="grid"><li data-inkling-item="parasol">a</li><li data-inkling-item="rain-cape">b</li></ul>`,
  );
  await decideFor(page, 'grid', RAIN);
  expect(await itemsOf(page, 'grid')).toEqual(['rain-cape', 'parasol']);
  expect(complaints).toEqual([]);
  await context.close();
});

test('an act marked on a button enters the profile once remembering is allowed, and a seen slot is exposed', async () => {
  const { page, context } = await openPage(
    shop,
    `<button data-inkling-event="add_to_cart" data-inkling-item="rain-cape">Add</button>
    <ul data-inkling-slot="grid"><li data-inkling-item="parasol">a</li><li data-inkling-item="rain-cape">b</li></ul>`,
  );
  await page.getByRole('button', { name: 'Add' }).click();
  expect(await page.evaluate(() => window.inkling?.profile.get())).toBeUndefined();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await page.getByRole('button', { name: 'Add' }).click();
  const profile = await page.evaluate(() => window.inkling?.profile.get());
  expect(profile?.visit.cart).toBe(1);
  expect(profile?.affinities.rain?.[0]).toBe(3);
  const exposed = page.evaluate(
    () => new Promise<string>((resolve) => window.inkling?.on('exposure', ({ slot }) => resolve(slot))),
  );
  await decideFor(page, 'grid', RAIN);
  expect(await exposed).toBe('grid');
  const counted = await page.evaluate(() => window.inkling?.profile.get()?.counters);
  expect(counted?.['slot:grid']?.[1]).toBe(1);
  expect(counted?.['item:rain-cape']?.[1]).toBe(1);
  await context.close();
});

test('a visitor takes the profile out as a file, has it forgotten, and brings it back; a bad file changes nothing', async () => {
  const { page, context, complaints } = await openPage(
    shop,
    '<button data-inkling-event="like" data-inkling-item="rain-cape">Like</button>',
  );
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await page.getByRole('button', { name: 'Like' }).click();
  const file = await page.evaluate(() => window.inkling?.profile.export());
  expect(JSON.parse(file ?? '').recents).toMatchObject([{ id: 'rain-cape' }]);
  const recentIds = () => page.evaluate(() => window.inkling?.profile.get()?.recents.map(({ id }) => id));
  await page.evaluate(() => window.inkling?.profile.erase());
  expect(await recentIds()).toEqual([]);
  const refused = page.evaluate(
    (bad) => window.inkling?.profile.import(bad).catch((error) => `${error.code} ${error.message}`),
    file?.replace('"rain-cape"', '7') ?? '',
  );
  expect(await refused).toBe(
    'E_PROFILE file.recents[0].id: expected a text of at most 256 characters, found 7',
  );
  expect(await recentIds()).toEqual([]);
  await page.evaluate((text) => window.inkling?.profile.import(text), file ?? '');
  await page.reload();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  expect(await recentIds()).toEqual(['rain-cape']);
  expect(complaints).toEqual([]);
  await context.close();
});

test('the page of a sensitive item leaves no trace, nor does what the visitor does there', async () => {
  const { page, context } = await openPage(
    shop,
    '<body data-inkling-page-item="rain-cape"><button data-inkling-event="add_to_cart" data-inkling-item="rain-cape">Add</button>',
    { prepare: (p) => servePack(p, (pack) => ({ ...pack, sensitive: ['rain'] })) },
  );
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  const before = await page.evaluate(() => window.inkling?.profile.get());
  await page.getByRole('button', { name: 'Add' }).click();
  await page.reload();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await page.evaluate(() => window.inkling?.ready);
  expect(await page.evaluate(() => window.inkling?.profile.get())).toEqual(before);
  await context.close();
});
