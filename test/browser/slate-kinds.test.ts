import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack, RuleSpec } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, SHOP_FOLDER, type Shop, settled } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ cf: { timezone: 'Europe/Oslo' } });
});
afterAll(() => shop.close());

/** What a page with one more rule in its grid decides, and what it asks the server for. */
async function visitWith(rule: RuleSpec) {
  const { page, context } = await shop.visit();
  const pack: Pack = JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));
  // Alone, so that no other slot takes its items, and by score alone, so that no place depends on the one before.
  const slots = pack.slots.flatMap(({ diversity, ...slot }) =>
    slot.id === 'grid' ? { ...slot, policy: { type: 'greedy' }, rules: [...slot.rules, rule] } : [],
  );
  await page.route('**/inkling/pack.json', (route) => route.fulfill({ json: { ...pack, slots } }));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(shop.url);
  await settled(page);
  const slate = await page.evaluate(() => window.inkling?.slates().find(({ slot }) => slot === 'grid'));
  await context.close();
  return { slate, loadedFull: asked.some((path) => /\/full-[0-9a-f]{8}\.js$/.test(path)) };
}

test('a slot of plain words needs no more code; one that buries an item has the whole vocabulary loaded', async () => {
  const plain = await visitWith({ type: 'exclude', item: 'nothing' });
  expect(plain.slate?.source).toBe('ranker');
  expect(plain.loadedFull).toBe(false);
  const first = plain.slate?.items[0]?.id ?? '';
  const buried = await visitWith({ type: 'bury', item: first });
  expect(buried.slate?.source).toBe('ranker');
  expect(buried.loadedFull).toBe(true);
  expect(buried.slate?.items[0]?.id).toBe(plain.slate?.items[1]?.id);
  expect(buried.slate?.items.slice(0, -1).map(({ id }) => id)).not.toContain(first);
});

test('what a daily slot showed stays for the day, over pages, until the visitor is forgotten', async () => {
  const { page, context } = await shop.visit();
  const pack: Pack = JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));
  // Alone, so that no other slot takes its items.
  const slots = pack.slots.flatMap((slot) => (slot.id === 'grid' ? { ...slot, cadence: 'daily' } : []));
  await page.route('**/inkling/pack.json', (route) => route.fulfill({ json: { ...pack, slots } }));
  await page.goto(shop.url);
  await settled(page);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect.poll(() => page.evaluate(() => !!window.inkling?.profile.get())).toBe(true);
  const grid = (condition: 'clear' | 'rain') =>
    page.evaluate(
      (weather) =>
        new Promise<{ id: string; via: string }[]>((resolve) => {
          const stop = window.inkling?.on('decision', ({ slot, items }) => {
            if (slot !== 'grid') return;
            stop?.();
            resolve(items.map(({ id, via }) => ({ id, via })));
          });
          window.inkling?.context.override({ weather });
        }),
      { condition },
    );
  const first = await grid('clear');
  expect(first.length).toBeGreaterThan(5);
  const stayed = first.map(({ id }) => ({ id, via: 'stay' }));
  expect(await grid('rain')).toEqual(stayed);
  await page.reload();
  await settled(page);
  expect(await grid('rain')).toEqual(stayed);
  await page.evaluate(() => window.inkling?.profile.erase());
  expect((await grid('rain')).map(({ id }) => id)).not.toEqual(first.map(({ id }) => id));
  await context.close();
});

test('a word that nobody knows: the page as authored', async () => {
  const { slate } = await visitWith({ type: 'flatter' } as object as RuleSpec);
  expect(slate?.source).toBe('authored');
});
