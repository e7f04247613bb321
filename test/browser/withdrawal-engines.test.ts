import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedShop, serveShop } from '../cli/audited-shop.ts';
import { ENGINES, NOT_INSTALLED, visitIn } from '../engines/visit-in.ts';

/** Takes one of the two ways to hear of another tab away. */
const DEAFEN = `
  if (name === 'storage only') delete globalThis.BroadcastChannel;
  if (name === 'channel only')
    addEventListener('storage', (event) => event.stopImmediatePropagation(), true);`;

let shop: ServedShop;
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../engines/withdrawal-probe.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  shop = await serveShop({
    script: DEAFEN,
    files: {
      '/probe.html': '<!doctype html><body><script src="/probe.js"></script>',
      '/probe.js': outputFiles[0]?.text ?? '',
    },
  });
});
afterAll(() => shop.close());

test.for(ENGINES)(
  'in %s one purpose withdrawn goes from another document and from the device, by either way; the rest stays',
  { timeout: 90_000 },
  async ([, start], { skip }) => {
    const left = await visitIn(start, `${shop.url}probe.html`, 40);
    if (left === NOT_INSTALLED) return skip(NOT_INSTALLED.description);
    const onlyTheRest = { here: false, there: false, keys: ['unit'] };
    expect(left).toEqual({ 'channel only': onlyTheRest, 'storage only': onlyTheRest });
  },
);
