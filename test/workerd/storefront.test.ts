import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Storefront, serveStorefront } from '../../scripts/serve-storefront.ts';

const files = {
  'index.html': '<!doctype html><head><title>Shop</title></head>',
  '404.html': '<!doctype html><title>Nothing here</title>',
  'shoes/index.html': '<!doctype html><head><title>Shoes</title></head>',
  'inkling.js': 'export {};',
  'shop.css': 'p{}',
  'shoe.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'inkling/pack.json': '{}',
  'inkling/ranker-0123456789abcdef.onnx': 'model',
};

let dir: string;
let shop: Storefront;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'inkling-storefront-'));
  await Promise.all(['shoes', 'inkling'].map((name) => mkdir(join(dir, name))));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(dir, name), text)));
  shop = await serveStorefront({ dir, headers: { 'cross-origin-opener-policy': 'same-origin' } });
});

afterAll(async () => {
  await shop?.dispose();
  if (dir) await rm(dir, { recursive: true, force: true });
});

test.each([
  ['/', 'index.html', 'text/html'],
  ['/shoes/', 'shoes/index.html', 'text/html'],
  ['/inkling.js', 'inkling.js', 'text/javascript'],
  ['/shop.css', 'shop.css', 'text/css'],
  ['/shoe.svg', 'shoe.svg', 'image/svg+xml'],
  ['/inkling/pack.json', 'inkling/pack.json', 'application/json'],
] as const)('%s is served with its type and kept only after asking', async (path, file, type) => {
  const response = await shop.dispatch(path);
  expect(await response.text()).toBe(files[file]);
  expect(response.headers.get('content-type')).toContain(type);
  expect(response.headers.get('cache-control')).toBe('no-cache');
  const etag = response.headers.get('etag') ?? '';
  expect((await shop.dispatch(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test('a file named by its content may be kept for good', async () => {
  const response = await shop.dispatch('/inkling/ranker-0123456789abcdef.onnx');
  expect(await response.text()).toBe('model');
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

test('what is not there gives the 404 page, and never a file outside the folder', async () => {
  const missing = await shop.dispatch('/gone-0123456789abcdef.js');
  expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-cache']);
  expect(await missing.text()).toContain('Nothing here');
  for (const path of ['/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/..%5c..%5cetc%5cpasswd']) {
    expect((await shop.dispatch(path)).status).toBe(404);
  }
});

test('pages come with a strict policy, and with the headers asked for', async () => {
  const { headers } = await shop.dispatch('/');
  expect(headers.get('content-security-policy')).toContain(
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  );
  expect(headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
});

test('nothing is known about the visitor unless it is given', async () => {
  expect(await (await shop.dispatch('/inkling/context')).json()).toEqual({});
  const known = await serveStorefront({ dir, cf: { country: 'NO' } });
  try {
    const geo = { country: 'NO', source: 'edge' };
    expect(await (await known.dispatch('/inkling/context')).json()).toEqual({ geo });
    expect(await (await known.dispatch('/')).text()).toContain(`>${JSON.stringify({ geo })}</script>`);
  } finally {
    await known.dispose();
  }
});

test('a port in use is named in one line, with the way out', async () => {
  const port = Number(new URL(shop.url).port);
  const message = `Port ${port} is already in use. Choose another one with -- --port N.`;
  await expect(serveStorefront({ dir, port })).rejects.toThrow(message);
});
