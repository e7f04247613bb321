import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept, openPage, serveCatalog } from './own-page.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const CATALOG = [
  { id: 'cape', title: 'Red cape', tags: ['rain', 'wear'] },
  { id: 'kettle', title: 'Kettle', tags: ['kitchen'] },
];
const TERMS = 'Red CAPE zanzibar';
const FORM =
  '<form data-inkling-search onsubmit="event.preventDefault()"><input type="search" name="q"><button>Go</button></form>';
const GRID =
  '<ul data-inkling-slot="grid"><li data-inkling-item="cape">a<li data-inkling-item="kettle">b</ul>';

const tastesOf = (page: Page) =>
  page.evaluate(() => Object.keys(window.inkling?.profile.get()?.affinities ?? {}).sort());
const openOwn = (body: string, query = '', asked: string[] = []) =>
  openPage(shop, body, {
    query,
    async prepare(page) {
      page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`));
      await serveCatalog(page, CATALOG);
    },
  });
const search = async (page: Page, terms: string) => {
  await page.locator('input').fill(terms);
  await page.locator('form button').click();
};
/** As often as something could still come late. */
const pause = (page: Page) => page.waitForTimeout(300);
/** Everything that is kept, and what is known of the decisions. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const { inkling } = window;
    const databases = await Promise.all(
      (await indexedDB.databases()).map(
        ({ name = '' }) =>
          new Promise((resolve, reject) => {
            const opening = indexedDB.open(name);
            opening.onerror = reject;
            opening.onsuccess = () => {
              const stores = [...opening.result.objectStoreNames];
              const all = stores.map(
                (store) =>
                  new Promise((done) => {
                    const reading = opening.result.transaction(store).objectStore(store).getAll();
                    reading.onsuccess = () => done(reading.result);
                  }),
              );
              void Promise.all(all).then((values) => {
                opening.result.close();
                resolve(values);
              });
            };
          }),
      ),
    );
    const slates = inkling?.slates() ?? [];
    return JSON.stringify([
      databases,
      { ...localStorage },
      { ...sessionStorage },
      slates,
      slates.map((slate) => inkling?.decision(slate)?.request.profile),
      inkling?.profile.get(),
      await inkling?.profile.export(),
    ]);
  });

test('a search with the form that the page marks enters tags, under `profile` alone; the words are nowhere', async () => {
  const asked: string[] = [];
  const { page, context, complaints } = await openOwn(FORM + GRID, '', asked);
  const code = () => asked.filter((line) => /search-[0-9a-f]{8}/.test(line)).length;
  await search(page, TERMS);
  await pause(page);
  expect(code()).toBe(0);
  await accept(page);
  await expect.poll(code).toBe(1);
  expect(await tastesOf(page)).toEqual([]);
  await search(page, TERMS);
  await expect.poll(() => tastesOf(page)).toEqual(['rain', 'wear']);
  await page.evaluate(() => window.inkling?.context.override({ weather: { condition: 'rain' } }));
  await expect.poll(() => kept(page)).toContain('"rain":[2,');
  const all = `${await kept(page)} ${asked.join(' ')}`.toLowerCase();
  expect(all.includes('zanzibar') || all.includes('red cape')).toBe(false);
  expect(complaints).toEqual([]);
  await context.close();
});

test('a withdrawal ends it, and what was learnt goes; destroy() ends it too', async () => {
  const { page, context } = await openOwn(FORM);
  await accept(page);
  await search(page, 'kettle');
  await expect.poll(() => tastesOf(page)).toEqual(['kitchen']);
  const choose = (profile: boolean) =>
    page.evaluate((granted) => window.inkling?.consent.choose({ profile: granted }), profile);
  await choose(false);
  await expect.poll(() => tastesOf(page)).toEqual([]);
  await search(page, 'cape');
  await choose(true);
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await pause(page);
  expect(await tastesOf(page)).toEqual([]);
  await search(page, 'cape');
  await expect.poll(() => tastesOf(page)).toEqual(['rain', 'wear']);
  const before = await page.evaluate(async () => {
    const { inkling } = window;
    inkling?.destroy();
    Object.assign(window, { ended: inkling });
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
  expect(before).toBeUndefined();
  await search(page, 'kettle');
  await pause(page);
  const left = await page.evaluate(() =>
    Object.keys(
      (window as unknown as { ended: NonNullable<Window['inkling']> }).ended.profile.get()?.affinities ?? {},
    ),
  );
  expect(left.sort()).toEqual(['rain', 'wear']);
  await context.close();
});

const action = (target: unknown) =>
  `<script type="application/ld+json">${JSON.stringify({
    '@type': 'WebSite',
    potentialAction: [{ '@type': 'SearchAction', target, 'query-input': 'required name=q' }],
  })}</script>`;

test.each<[string, string, readonly string[]]>([
  ['the parameter that the body names', '<body data-inkling-search="find">', ['kitchen']],
  ['a SearchAction', action({ urlTemplate: '/own-page?find={q}' }), ['kitchen']],
  ['a SearchAction with an address alone', action('/own-page?lang=en&find={q}'), ['kitchen']],
  ['a SearchAction of another page', action('/elsewhere?find={q}'), []],
  ['a SearchAction of another site', action('https://example.org/own-page?find={q}'), []],
  ['broken markup', '<script type="application/ld+json">{"SearchAction"</script>', []],
  ['nothing', '<p>Hello', []],
])('the page of a search, as %s says: entered once, not again by a reload', async (_, body, tags) => {
  const { page, context, complaints } = await openOwn(body, '');
  await accept(page);
  await page.goto(`${shop.url}/own-page?find=kettles`);
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  if (tags.length > 0) await expect.poll(() => tastesOf(page)).toEqual(tags);
  else await pause(page);
  await page.reload();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await pause(page);
  const weights = await page.evaluate(() =>
    Object.entries(window.inkling?.profile.get()?.affinities ?? {}).map(([tag, [sum]]) => [tag, sum]),
  );
  expect(weights).toEqual(tags.map((tag) => [tag, 2]));
  expect(complaints).toEqual([]);
  await context.close();
});

test('a script tells what was searched for; without its code nothing is entered, and a diagnostic says so', async () => {
  const { page, context } = await openOwn('<p>Hello');
  await accept(page);
  const track = (terms: string) =>
    page.evaluate((text) => window.inkling?.track({ type: 'search', terms: text }), terms);
  await page.route('**/search-*.js', (route) => route.abort());
  await track('kettle');
  await expect
    .poll(() =>
      page.evaluate(() => {
        const codes: string[] = [];
        window.inkling?.on('diagnostic', ({ code }) => codes.push(code));
        return codes;
      }),
    )
    .toContain('search_failed');
  expect(await tastesOf(page)).toEqual([]);
  await page.unroute('**/search-*.js');
  await page.reload();
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await track('kettle');
  await expect.poll(() => tastesOf(page)).toEqual(['kitchen']);
  await context.close();
});

test('what was searched for under a grant that ended meanwhile is not entered under the next', async () => {
  const { page, context } = await openOwn('<p>Hello');
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/search-*.js', (route) => held.then(() => route.continue()));
  await accept(page);
  await page.evaluate(() => window.inkling?.track({ type: 'search', terms: 'kettle' }));
  for (const granted of [false, true]) {
    await page.evaluate((profile) => window.inkling?.consent.choose({ profile }), granted);
    await page.waitForFunction((is) => !!window.inkling?.profile.get() === is, granted);
  }
  release();
  await page.evaluate(() => window.inkling?.track({ type: 'search', terms: 'cape' }));
  await expect.poll(() => tastesOf(page)).toEqual(['rain', 'wear']);
  await context.close();
});
