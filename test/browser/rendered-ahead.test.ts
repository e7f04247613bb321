import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreeChromium, startFreeChromium, type Tab } from '../engines/free-chromium.ts';
import { SHOP_FOLDER, seedOfArm } from './shop.ts';

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json' };

/** Accepted on an earlier page. */
const setUp = `
  crypto.getRandomValues = (array) => array.fill(${seedOfArm('personalized')});
  if (!localStorage['inkling.consent']) {
    const day = Math.floor(Date.now() / 86_400_000);
    const choice = { v: 1, p: 'gggg-', policy: 1, day, by: 'accept-all' };
    localStorage.setItem('inkling.consent', JSON.stringify(choice));
  }`;
const HEAD = `<!doctype html><title>Shop</title><script>${setUp}</script>
<script type="application/json" data-inkling-context>{"weather":{"condition":"rain"}}</script>
<script>
  window.seen = [];
  document.addEventListener('freeze', () => (window.froze = true));
  (window.inkling ||= []).push((inkling) => inkling.on('exposure', ({ slot }) => seen.push(slot)));
  document.addEventListener('prerenderingchange', () => {
    const items = [...document.querySelectorAll('li')].map(({ dataset }) => dataset.inklingItem);
    window.before = { seen: seen.length, pages: window.inkling.profile.get()?.visit.pages, items };
  });
  // After more than the second that an exposure takes.
  setTimeout(() => document.prerendering && fetch('/waited'), 2500);
</script>
<script src="/inkling.js" data-pack="/inkling/pack.json" async></script>`;
const GRID =
  '<ul data-inkling-slot="grid"><li data-inkling-item="parasol">a</li><li data-inkling-item="rain-cape">b</li></ul>';
const RULES = JSON.stringify({ prerender: [{ urls: ['/next'], eagerness: 'immediate' }] });
const PAGES: Readonly<Record<string, string>> = {
  '/': HEAD + GRID,
  '/next': HEAD + GRID,
  '/first': `${HEAD}<script type="speculationrules">${RULES}</script>`,
};

let browser: FreeChromium;
let server: Server;
let url: string;
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    response.setHeader('content-type', TYPES[extname(path)] ?? 'text/html');
    response.end(PAGES[path] ?? readOrNothing(path));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await startFreeChromium();
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

function readOrNothing(path: string): Buffer | undefined {
  try {
    return readFileSync(join(SHOP_FOLDER, path));
  } catch {
    return undefined;
  }
}

const seenIn = (tab: Tab) => tab.evaluate('seen.join()');
const until = (tab: Tab, expression: string) =>
  expect.poll(() => tab.evaluate(expression).catch(() => undefined), { timeout: 10_000 }).toBe(true);
const after = (tab: Tab, ms: number) => tab.evaluate(`new Promise((resolve) => setTimeout(resolve, ${ms}))`);

test('a page that the browser renders before it is visited is decided, and counts and is exposed when it is visited', async () => {
  // The profile is there before.
  const home = await browser.open(`${url}/`);
  await until(home, 'inkling.profile?.get() !== undefined');
  const first = await browser.open(`${url}/first`);
  await expect.poll(() => asked.includes('/waited'), { timeout: 15_000 }).toBe(true);
  const pages = Number(await first.evaluate('inkling.profile.get().visit.pages'));
  // It happens while the next page is there already, and has read the profile.
  await first.evaluate("inkling.track({ type: 'like', item: 'parasol' })");
  await first.evaluate("void (location.href = '/next')");
  await expect.poll(async () => (await browser.find(`${url}/next`)) !== undefined).toBe(true);
  const next = (await browser.find(`${url}/next`)) as Tab;
  // The browser's own word that it had rendered it.
  expect(await next.evaluate("performance.getEntriesByType('navigation')[0].activationStart > 2000")).toBe(
    true,
  );
  expect(await next.evaluate('before')).toEqual({ seen: 0, pages, items: ['rain-cape', 'parasol'] });
  await until(next, "seen.join() === 'grid'");
  await after(next, 1500);
  expect(await seenIn(next)).toBe('grid');
  expect(await next.evaluate('inkling.profile.get().visit.pages')).toBe(pages + 1);
  expect(await next.evaluate('inkling.profile.get().recents.map(({ id }) => id)')).toEqual(['parasol']);
});

test('the time that a page is frozen does not count for an exposure, and what was withdrawn meanwhile is obeyed', async () => {
  const frozen = await browser.open(`${url}/`);
  await until(frozen, 'inkling.profile?.get() !== undefined');
  expect(await seenIn(frozen)).toBe('');
  await frozen.become('frozen');
  const other = await browser.open(`${url}/`);
  await until(other, 'inkling.profile?.get() !== undefined');
  await until(other, "seen.join() === 'grid'");
  expect(await seenIn(frozen)).toBe('');
  await other.evaluate('inkling.consent.choose({ profile: false })');
  expect(await frozen.evaluate('froze')).toBe(true);
  await frozen.become('active');
  await until(frozen, 'inkling.profile.get() === undefined');
});
