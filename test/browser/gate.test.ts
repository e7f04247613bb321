import type { ShapeName } from '@inkling/core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop, settled } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ cf: { country: 'NO', timezone: 'Europe/Oslo' } });
});
afterAll(() => shop.close());

const refusals = (page: Page) =>
  page.evaluate(() => {
    const said: string[] = [];
    window.inkling?.on('diagnostic', ({ code, message }) => code === 'gate_refused' && said.push(message));
    return { said, counts: { ...window.inkling?.gate.counts } };
  });

test('what is not granted, or declared by nobody, is refused, counted and reported, and throws nothing', async () => {
  const { page, context, complaints } = await shop.visit();
  await page.goto(shop.url);
  await settled(page);
  const done = await page.evaluate(
    (names) => {
      const done: string[] = [];
      for (const name of names) window.inkling?.gate.pass(name, () => done.push(name));
      window.inkling?.gate.pass('consent-proof', () => done.push('sent'), ['hour', 'visitor']);
      return done;
    },
    ['choice', 'profile', 'unit', 'beacon'] as ShapeName[],
  );
  expect(done).toEqual(['choice']);
  expect(await refusals(page)).toEqual({
    said: [
      'profile () for profile',
      'unit () for measurement',
      'beacon () for undefined',
      'consent-proof (hour,visitor) for necessary',
    ],
    counts: { profile: 1, unit: 1, beacon: 1, 'consent-proof': 1 },
  });
  expect(complaints).toEqual([]);
  await context.close();
});

test('a visit with a grant, acts and a withdrawal asks the gate for nothing that it refuses', async () => {
  const { page, context, complaints } = await shop.visit();
  await page.goto(shop.url);
  await settled(page);
  await page.evaluate(() => window.inkling?.consent.choose('accept-all'));
  await page.waitForFunction(() => window.inkling?.profile.get() !== undefined);
  await page.evaluate(() => window.inkling?.track({ type: 'like', item: 'rain-shell' }));
  await page.evaluate(() => window.inkling?.consent.choose({ measurement: false }));
  await page.evaluate(() => window.inkling?.consent.withdraw());
  await page.waitForFunction(() => window.inkling?.profile.get() === undefined);
  await page.evaluate(() => window.inkling?.track({ type: 'like', item: 'rain-shell' }));
  expect(await refusals(page)).toEqual({ said: [], counts: {} });
  expect(complaints).toEqual([]);
  await context.close();
});

test('a pack with a query in its address is not asked for, and the page stands as authored', async () => {
  const { page, context, complaints } = await shop.visit();
  await context.route(shop.url, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('/inkling/pack.json"', '/inkling/pack.json?visitor=7"');
    await route.fulfill({ response, body });
  });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(shop.url);
  await settled(page);
  expect(requests.filter((url) => url.includes('?'))).toEqual([]);
  expect((await refusals(page)).said).toEqual(['pack (visitor) for necessary']);
  expect(await page.evaluate(() => window.inkling?.slates().map(({ source }) => source))).toEqual(
    Array(3).fill('authored'),
  );
  expect(complaints).toEqual([]);
  await context.close();
});
