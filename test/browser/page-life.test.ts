import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept, openPage } from './own-page.ts';
import { itemsOf, openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** The page knows that it rains, as if the edge had said so. */
const RAIN = '<script type="application/json" data-inkling-context>{"weather":{"condition":"rain"}}</script>';
const grid = (slot = 'grid') =>
  `<ul data-inkling-slot="${slot}"><li data-inkling-item="parasol">a</li><li data-inkling-item="rain-cape">b</li></ul>`;

const pagesOn = (page: Page) => page.evaluate(() => window.inkling?.profile.get()?.visit.pages);
const exposuresOn = (page: Page) => page.evaluate(() => window.seen.join());

declare global {
  interface Window {
    seen: string[];
  }
}

/** Notes exposures from the first on. Runs in the page. */
function noteExposures(): void {
  window.seen = [];
  Object.defineProperty(window, 'inkling', {
    configurable: true,
    set(value: NonNullable<Window['inkling']>) {
      Object.defineProperty(window, 'inkling', { value });
      value.on('exposure', ({ slot }) => window.seen.push(slot));
    },
  });
}

/** The page is hidden, or shown, as browsers tell it. Runs in the page. */
function become(state: string): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
  Object.defineProperty(document, 'hidden', { configurable: true, value: state === 'hidden' });
  document.dispatchEvent(new Event('visibilitychange'));
}

test('a slot that comes later, in view, is decided before it is painted', async () => {
  const { page, context, complaints } = await openPage(shop, `${RAIN}<main></main>`);
  // One after the other, until the code that follows the page is there.
  await expect
    .poll(() =>
      page.evaluate(async (html) => {
        const main = document.querySelector('main') as Element;
        main.innerHTML = html;
        await new Promise(requestAnimationFrame);
        return [...main.querySelectorAll<HTMLElement>('li')].map(({ dataset }) => dataset.inklingItem);
      }, grid()),
    )
    .toEqual(['rain-cape', 'parasol']);
  expect(complaints).toEqual([]);
  await context.close();
});

test('what becomes a slot later is decided where nobody can have seen it, and stays where somebody can', async () => {
  const unmarked = (id: string) => grid().replace('data-inkling-slot="grid"', `id="${id}"`);
  const { page, context, complaints } = await openPage(
    shop,
    `${RAIN}${unmarked('seen')}<div style="height:3000px"></div>${unmarked('below')}`,
  );
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        for (const id of ['seen', 'below'])
          (document.getElementById(id) as HTMLElement).dataset.inklingSlot = 'grid';
        // Beside it something new: that does not make what stood there new.
        document.body.append('more');
        window.inkling?.on(
          'decision',
          () => window.inkling?.slates().length === 1 && setTimeout(resolve, 100),
        );
      }),
  );
  const itemsIn = (id: string) =>
    page
      .locator(`#${id} > li`)
      .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.inklingItem));
  await expect.poll(() => itemsIn('below')).toEqual(['rain-cape', 'parasol']);
  expect(await itemsIn('seen')).toEqual(['parasol', 'rain-cape']);
  expect(complaints).toEqual([]);
  await context.close();
});

test('children that a list loads later stay where the page put them until the visitor asks for another order', async () => {
  const { page, context } = await openPage(shop, `${RAIN}<div style="height:3000px"></div>${grid()}`);
  await expect.poll(() => itemsOf(page, 'grid')).toEqual(['rain-cape', 'parasol']);
  await page.evaluate(() => {
    const more = '<li data-inkling-item="straw-hat">c</li><li data-inkling-item="wellingtons">d</li>';
    document.querySelector('[data-inkling-slot]')?.insertAdjacentHTML('beforeend', more);
  });
  expect(await itemsOf(page, 'grid')).toEqual(['rain-cape', 'parasol', 'straw-hat', 'wellingtons']);
  await page.evaluate(() => window.inkling?.context.override({ weather: { condition: 'rain' } }));
  await expect
    .poll(async () => (await itemsOf(page, 'grid')).slice(0, 2).sort())
    .toEqual(['rain-cape', 'wellingtons']);
  expect(await itemsOf(page, 'grid')).toHaveLength(4);
  await context.close();
});

test('a reload does not count the page again, nor does going back; another page does', async () => {
  const { page, context } = await openPage(shop, grid());
  await accept(page);
  const settled = async () => {
    await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
    await page.evaluate(() => window.inkling?.ready);
    return await pagesOn(page);
  };
  expect(await pagesOn(page)).toBe(0);
  await page.reload();
  expect(await settled()).toBe(0);
  await page.goto(`${shop.url}/own-page?another`);
  expect(await settled()).toBe(1);
  await page.goBack();
  expect(await settled()).toBe(1);
  await context.close();
});

test.each([
  ['by the Navigation API', '', false],
  ['by the patched history without it', '<body data-inkling-history="patch">', true],
])(
  'a page that a script shows is a page of the visit, another search or hash is none (%s)',
  async (_, start, isOld) => {
    const { page, context, complaints } = await openPage(
      shop,
      `${start}${RAIN}<main>${grid('elsewhere')}</main>`,
      {
        prepare: async (p) =>
          void (isOld && (await p.addInitScript(() => Reflect.deleteProperty(window, 'navigation')))),
      },
    );
    await accept(page);
    // Until the code that follows the page is there.
    await expect
      .poll(() =>
        page.evaluate(() => {
          history.pushState({}, '', `/own-page/${Math.random()}`);
          return window.inkling?.profile.get()?.visit.pages;
        }),
      )
      .toBeGreaterThan(0);
    const before = (await pagesOn(page)) ?? 0;
    const show = (path: string, html: string) =>
      page.evaluate(
        ([to, slot]) => {
          history.pushState({}, '', to);
          (document.querySelector('main') as Element).innerHTML = slot as string;
        },
        [path, html],
      );
    await show('/own-page/two', grid());
    await expect.poll(() => pagesOn(page)).toBe(before + 1);
    await expect.poll(() => itemsOf(page, 'grid')).toEqual(['rain-cape', 'parasol']);
    await show('/own-page/two?sort=price#top', grid());
    await show('/own-page/three', grid());
    await expect.poll(() => pagesOn(page)).toBe(before + 2);
    // What the page before showed does not stand in its way.
    await expect.poll(() => itemsOf(page, 'grid')).toEqual(['rain-cape', 'parasol']);
    expect(complaints).toEqual([]);
    await context.close();
  },
);

test('a slot is exposed once, after a second half in view, and what of it the page was hidden does not count', async () => {
  const code: Promise<unknown>[] = [];
  const { page, context } = await openPage(shop, grid(), {
    prepare: async (p) => {
      await p.clock.install();
      await p.addInitScript(noteExposures);
      await p.addInitScript(become, 'hidden');
      code.push(p.waitForResponse(/follow-/));
    },
  });
  await Promise.all(code);
  await page.clock.pauseAt(Date.now() + 60_000);
  // Observers are called in the order in which they began.
  const observed = () =>
    page.evaluate(
      () => new Promise<void>((resolve) => new IntersectionObserver(() => resolve()).observe(document.body)),
    );
  await observed();
  await page.clock.runFor(5000);
  expect(await exposuresOn(page)).toBe('');
  await page.evaluate(become, 'visible');
  await observed();
  await page.clock.runFor(700);
  expect(await exposuresOn(page)).toBe('');
  await page.evaluate(become, 'hidden');
  await page.clock.runFor(10_000);
  await page.evaluate(become, 'visible');
  await page.clock.runFor(200);
  expect(await exposuresOn(page)).toBe('');
  await page.clock.runFor(200);
  expect(await exposuresOn(page)).toBe('grid');
  await page.clock.runFor(10_000);
  expect(await exposuresOn(page)).toBe('grid');
  await context.close();
});

test('a page rendered before it is visited is decided, and counts when it is visited', async () => {
  const { page, context } = await openPage(shop, `${RAIN}<div style="height:3000px"></div>${grid()}`);
  await accept(page);
  await page.addInitScript(() => {
    Object.defineProperty(document, 'prerendering', { configurable: true, value: true });
  });
  await page.addInitScript(become, 'hidden');
  await page.goto(`${shop.url}/own-page?another`);
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await expect.poll(() => itemsOf(page, 'grid')).toEqual(['rain-cape', 'parasol']);
  expect(await pagesOn(page)).toBe(0);
  await page.evaluate(() => {
    Reflect.deleteProperty(document, 'prerendering');
    document.dispatchEvent(new Event('prerenderingchange'));
  });
  expect(await pagesOn(page)).toBe(1);
  await context.close();
});
