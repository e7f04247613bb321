import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChromium } from '../engines/chromium.ts';
import type { Decided } from '../engines/shop-probe.ts';
import { underTest } from '../engines/under-test.ts';
import { ENGINES, NOT_INSTALLED, visitIn } from '../engines/visit-in.ts';
import { SHOP_FOLDER, seedOfArm } from './shop.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

let origin: string;
let close: () => void;
let expected: Decided;
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../engines/shop-probe.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  const server = createServer(async ({ url = '/' }, response) => {
    const path = url === '/' ? '/index.html' : url;
    response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
    if (path === '/probe.html') response.end('<!doctype html><body><script src="/probe.js"></script>');
    else if (path === '/probe.js') response.end(outputFiles[0]?.contents);
    else if (path === '/index.html') response.end(await shopWithFixedRandomness());
    else response.end(await readFile(join(SHOP_FOLDER, path)).catch(() => undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  expected = (await visitIn(startChromium, `${origin}/probe.html`)) as Decided;
});
afterAll(() => close());

/** Draws are made of randomness: with the same in every engine, the slates can be compared whole. */
async function shopWithFixedRandomness(): Promise<string> {
  const page = await readFile(join(SHOP_FOLDER, 'index.html'), 'utf8');
  const script = `<script>crypto.getRandomValues = (array) => array.fill(${seedOfArm('personalized')});</script>`;
  return underTest(page).replace('<head>', `<head>${script}`);
}

test('Chromium decides the shop for three moments', () => {
  expect(Object.values(expected).map(({ hero }) => hero)).toEqual(['hero-rain', 'hero-heat', 'hero-evening']);
  expect(Object.keys(expected.rain?.scores ?? {}).length).toBeGreaterThan(55);
});

test.for(ENGINES.slice(1))(
  '%s decides it to the same bits, scores and reasons',
  { timeout: 60_000 },
  async ([, start], { skip }) => {
    const answer = await visitIn(start, `${origin}/probe.html`);
    if (answer === NOT_INSTALLED) return skip(NOT_INSTALLED.description);
    expect(answer).toEqual(expected);
  },
);
