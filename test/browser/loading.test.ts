import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage } from './own-page.ts';
import { itemsOf, openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const GRID =
  '<ul data-inkling-slot="grid"><li data-inkling-item="parasol">a</li><li data-inkling-item="rain-cape">b</li></ul>';

test('what a page asked for before the script was there is done, also behind a command that throws', async () => {
  const { page, context, complaints } = await openPage(shop, GRID, {
    prepare: (p) =>
      p.addInitScript(() => {
        const decided: string[] = [];
        const stub = [
          () => {
            throw new Error('the page has a fault of its own');
          },
          (inkling: NonNullable<Window['inkling']>) =>
            inkling.on('decision', ({ slot }) => decided.push(slot)),
        ];
        Object.assign(window, { inkling: stub, decided });
      }),
  });
  await page.waitForFunction(() => (window as unknown as { decided: string[] }).decided.includes('grid'));
  await page.evaluate(() => {
    const { inkling } = window as unknown as { inkling: { push(fn: (one: object) => void): void } };
    inkling.push((one) => Object.assign(window, { late: one === inkling }));
  });
  await page.waitForFunction(() => 'late' in window);
  expect(complaints).toEqual(['Error: the page has a fault of its own']);
  await context.close();
});

test('the pack never arrives: rank answers with the authored order by its deadline', async () => {
  const { page, context } = await shop.visit();
  await page.route('**/inkling/pack.json', () => {});
  await page.goto(shop.url, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.inkling !== undefined);
  const slate = await page.evaluate(() =>
    window.inkling?.rank('grid', { items: [{ id: 'parasol' }, { id: 'rain-cape' }] }),
  );
  expect(slate?.source).toBe('authored');
  expect(slate?.items.map(({ id }) => id)).toEqual(['parasol', 'rain-cape']);
  const codes = await page.evaluate(() => {
    const heard: string[] = [];
    window.inkling?.on('diagnostic', ({ code }) => heard.push(code));
    return heard;
  });
  expect(codes).toEqual(['late']);
  await context.close();
});

declare global {
  interface Window {
    listening: Set<string>;
  }
}

/** Keeps account of what the script and its chunks listen to on the window and the document; the driver of the browser
 * listens, too. Runs in the page. */
function countListeners(): void {
  window.listening = new Set();
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const numbers = new WeakMap<object, number>();
  let last = 0;
  const nameOf = (target: EventTarget, type: string, fn: object): string => {
    if (!numbers.has(fn)) numbers.set(fn, ++last);
    return `${target === window ? 'window' : 'document'} ${type} ${numbers.get(fn)}`;
  };
  const isCounted = (target: EventTarget | undefined) =>
    (target === undefined || target === window || target === document) &&
    /\/(inkling|[a-z]+-[0-9a-f]{8})\.js/.test(new Error().stack ?? '');
  EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, type, fn, options) {
    addEventListener.call(this ?? window, type, fn, options);
    if (!fn || !isCounted(this) || (typeof options === 'object' && options.once)) return;
    const name = nameOf(this ?? window, type, fn);
    window.listening.add(name);
    const { signal } = Object(options);
    if (signal) addEventListener.call(signal, 'abort', () => window.listening.delete(name));
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, type, fn, options) {
    removeEventListener.call(this ?? window, type, fn, options);
    if (fn && isCounted(this)) window.listening.delete(nameOf(this ?? window, type, fn));
  };
}

/** As a visitor who accepted on an earlier page. Runs in the page. */
function acceptAll(): void {
  const day = Math.floor(Date.now() / 86_400_000);
  const choice = { v: 1, p: 'gggg-', policy: 1, day, by: 'accept-all' };
  localStorage.setItem('inkling.consent', JSON.stringify(choice));
}

test('destroy() leaves no trace: no listener, no name, and what the visitor does changes nothing', async () => {
  const { page, context, complaints } = await openPage(shop, GRID, {
    prepare: async (p) => {
      await p.addInitScript(countListeners);
      await p.addInitScript(acceptAll);
    },
  });
  await page.waitForFunction(() => window.inkling?.context.get().time.hour !== 'unknown');
  await expect
    .poll(() => page.evaluate(() => [...window.listening].some((name) => /document click/.test(name))))
    .toBe(true);
  const left = await page.evaluate(async () => {
    const { inkling } = window;
    inkling?.destroy();
    inkling?.context.override({ weather: { condition: 'rain' } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    return [[...window.listening], 'inkling' in window];
  });
  expect(left).toEqual([[], false]);
  expect(await itemsOf(page, 'grid')).toEqual(['parasol', 'rain-cape']);
  expect(complaints).toEqual([]);
  await context.close();
});

/** As a browser says it that a program drives. Runs in the page. */
function beDriven(): void {
  Object.defineProperty(Navigator.prototype, 'webdriver', { configurable: true, get: () => true });
}

test.each([
  ['', false],
  ['data-test', true],
])(
  'a browser that a program drives gets the authored page, but for a test of the site ("%s")',
  async (attributes, acts) => {
    const { page, context } = await shop.visit();
    await page.addInitScript(beDriven);
    const body = `<!doctype html><script src="/inkling.js" data-pack="/inkling/pack.json" ${attributes} async></script>${GRID}`;
    await page.route('**/own-page', (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(`${shop.url}/own-page`, { waitUntil: 'networkidle' });
    expect(await page.evaluate(() => 'inkling' in window)).toBe(acts);
    expect(await page.locator('inkling-consent').count()).toBe(acts ? 1 : 0);
    await context.close();
  },
);

test.each([
  ['a crawler', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', false],
  ['a telephone of the maker Cubot', 'Mozilla/5.0 (Linux; Android 9; CUBOT_X19) Mobile', true],
])('%s: the script acts: %s %s', async (_, userAgent, acts) => {
  const { page, context } = await shop.visit({ userAgent });
  await page.goto(shop.url, { waitUntil: 'networkidle' });
  expect(await page.evaluate(() => 'inkling' in window)).toBe(acts);
  await context.close();
});
