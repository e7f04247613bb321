import { join } from 'node:path';
import { build } from 'esbuild';
import { type ServedShop, serveShop } from '../cli/audited-shop.ts';

/** Takes one of the two ways to hear of another tab away. */
const DEAFEN = `
  if (name === 'storage only') delete globalThis.BroadcastChannel;
  if (name === 'channel only')
    addEventListener('storage', (event) => event.stopImmediatePropagation(), true);`;

/** Serves the shop, and under `/probe.html` a page in which one of two documents takes `profile` back. */
export async function serveWithdrawal(): Promise<ServedShop> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'withdrawal-probe.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return serveShop({
    script: DEAFEN,
    files: {
      '/probe.html': '<!doctype html><body><script src="/probe.js"></script>',
      '/probe.js': outputFiles[0]?.text ?? '',
    },
  });
}
