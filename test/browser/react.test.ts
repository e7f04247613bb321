import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { createElement } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { App, type AppProps } from './react/app.ts';
import { itemsOf, SHOP_FOLDER, seedOfArm } from './shop.ts';

const ITEMS = [
  'tent',
  'kettle',
  'rain-shell',
  'parasol',
  'rain-cape',
  'slippers',
  'wellingtons',
  'storm-umbrella',
];
const EDGE = JSON.stringify({ time: { hour: 9, season: 'autumn' }, weather: { condition: 'rain' } });

let browser: Browser;
let server: Server;
let url: string;
let hydratesAfterMs = 0;
let script: AppProps['script'] = 'head';
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'react/hydrate.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    // React says what does not match only in development.
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'warning',
  });
  server = createServer(({ url: path = '/' }, response) => {
    if (path === '/') return stream(response);
    const type = path.endsWith('.js') ? 'text/javascript' : 'application/json';
    response.setHeader('content-type', type);
    if (path === '/hydrate.js') setTimeout(() => response.end(outputFiles[0]?.contents), hydratesAfterMs);
    else response.end(path === '/favicon.ico' ? '' : readFileSync(join(SHOP_FOLDER, path)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

/** The shell goes out at once, the slot's part of the page a while later. */
function stream(response: ServerResponse): void {
  const rest = new Promise<void>((resolve) => setTimeout(resolve, 200));
  const props = { items: ITEMS, edge: EDGE, script };
  const { pipe } = renderToPipeableStream(createElement(App, { ...props, rest }), {
    bootstrapModules: ['/hydrate.js'],
    bootstrapScriptContent: `window.appProps = ${JSON.stringify(props)};`,
    onShellReady() {
      response.setHeader('content-type', 'text/html');
      pipe(response);
    },
  });
}

async function open(): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext();
  await context.addInitScript((word) => {
    crypto.getRandomValues = (array) =>
      (array as unknown as Uint32Array).fill(word) as unknown as typeof array;
  }, seedOfArm('personalized'));
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'info') complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  await page.waitForFunction(() => (window.inkling?.slates().length ?? 0) > 0);
  // Hydration is over when the part that came last reacts.
  await expect
    .poll(
      async () => {
        await page.locator('#count-tent').click();
        return page.locator('#count-tent').textContent();
      },
      { timeout: 10_000 },
    )
    .not.toBe('tent 0');
  return { page, complaints };
}

test.each([
  ['head', 0],
  ['head', 600],
  ['effect', 0],
  ['effect', 600],
] as const)(
  'React 19, streamed, in StrictMode, the script in its %s, its code %i ms late: the slot is ordered, nothing mismatches, nodes keep their state',
  async (place, late) => {
    script = place;
    hydratesAfterMs = late;
    const { page, complaints } = await open();
    const ordered = await itemsOf(page, 'grid');
    expect([...ordered].sort()).toEqual([...ITEMS].sort());
    expect(ordered).not.toEqual(ITEMS);
    const field = page.locator('[data-inkling-item="tent"] input');
    await field.fill('typed');
    const count = await page.locator('#count-tent').textContent();
    // The visitor's own act orders anew; then React renders what it holds to be the order.
    await page.evaluate(() =>
      window.inkling?.context.override({ weather: { condition: 'clear', temperature: 'hot' } }),
    );
    await expect.poll(() => itemsOf(page, 'grid')).not.toEqual(ordered);
    const again = await itemsOf(page, 'grid');
    await page.locator('#again').click();
    await page.locator('#count-kettle').click();
    expect(await page.locator('#count-kettle').textContent()).toBe('kettle 1');
    expect(await itemsOf(page, 'grid')).toEqual(again);
    expect(await field.inputValue()).toBe('typed');
    expect(await page.locator('#count-tent').textContent()).toBe(count);
    expect(complaints).toEqual([]);
  },
);
