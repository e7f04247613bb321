import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept, type OwnPage, openPage } from './own-page.ts';
import { itemsOf, openShop, type Shop, storedBy } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const GRID =
  '<ul data-inkling-slot="grid"><li data-inkling-item="parasol">a</li><li data-inkling-item="rain-cape">b</li></ul>';

const preview = (text: string): Promise<OwnPage> =>
  openPage(shop, GRID, { query: `?inkling-preview=${encodeURIComponent(text)}` });

test('a preview link lays its moment over the page at once, in view and before any choice, and stores nothing', async () => {
  const { page, context, complaints } = await preview(
    'weather.condition:rain,time.hour:9,device.reducedMotion:true',
  );
  await expect.poll(() => itemsOf(page, 'grid')).toEqual(['rain-cape', 'parasol']);
  expect(await page.evaluate(() => window.inkling?.context.get())).toMatchObject({
    weather: { condition: 'rain' },
    time: { hour: 9, daypart: 'morning' },
    device: { reducedMotion: true },
  });
  const { databases, localStorage } = await storedBy(page);
  expect([databases, localStorage]).toEqual([[], []]);
  // Of this page only.
  await page.goto(`${shop.url}/own-page?next`);
  await page.waitForFunction(() => window.inkling?.slates().length === 1);
  expect(await page.evaluate(() => window.inkling?.context.get().weather.condition)).toBe('unknown');
  expect(complaints).toEqual([]);
  await context.close();
});

test('what is no signal with a value is passed over, by name, whatever somebody wrote', async () => {
  const parts = [
    'weather.condition:rain',
    'rain',
    'weather.horoscope:good',
    'time.hour:<b>',
    '__proto__.x:1',
    'custom.',
  ];
  const { page, context, complaints } = await preview(
    [...parts, ...Array(2000).fill('geo.country:NO')].join(),
  );
  await expect.poll(() => itemsOf(page, 'grid')).toEqual(['rain-cape', 'parasol']);
  const ignored = await page.evaluate(() => {
    const heard: string[] = [];
    window.inkling?.on(
      'diagnostic',
      ({ code, message }) => code === 'preview_ignored' && heard.push(message),
    );
    return heard;
  });
  expect(ignored).toEqual(parts.slice(1));
  expect(await page.evaluate(() => ({}) as { x?: unknown }).then(({ x }) => x)).toBeUndefined();
  expect(complaints).toEqual([]);
  await context.close();
});

test('what the visitor switched off stays unknown under a preview, and a refusal leaves the page as authored', async () => {
  const { page, context } = await openPage(shop, GRID);
  await accept(page);
  const file = JSON.parse((await page.evaluate(() => window.inkling?.profile.export())) ?? '');
  await page.evaluate(
    (text) => window.inkling?.profile.import(text),
    JSON.stringify({ ...file, unused: ['time.hour'] }),
  );
  await expect.poll(() => page.evaluate(() => window.inkling?.profile.get()?.unused)).toEqual(['time.hour']);
  const open = async () => {
    await page.goto(`${shop.url}/own-page?inkling-preview=weather.condition:rain`);
    await page.waitForFunction(() => window.inkling?.context.get().weather.condition === 'rain');
  };
  await open();
  expect(await page.evaluate(() => window.inkling?.context.get().time.hour)).toBe('unknown');
  await page.evaluate(() => window.inkling?.consent.choose('refuse-all'));
  await open();
  expect(await itemsOf(page, 'grid')).toEqual(['parasol', 'rain-cape']);
  await context.close();
});
