import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { brotliSize } from '../bench/size.ts';

async function bundle(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@inkling/source'],
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}

// In bytes of brotli 11; the gate's table of shapes, which some hold, grew by the totals, the kept pack and single decisions. The first is what the script tag loads at once: what reads the choice, and the gate, of 1,300; the
// third everything without an interface, of 3,072.
test.each([
  ["export { createReader } from '@inkling/consent'; export { createGate } from '@inkling/core'", 1095],
  ["export { createReader } from '@inkling/consent'", 900],
  ["export * from '@inkling/consent'", 2600],
  ["export * from '@inkling/consent/tcf'", 750],
  ["export * from '@inkling/consent/tcf-frame'", 420],
  ["export * from '@inkling/consent/gpp'", 700],
  ["export * from '@inkling/consent/consent-mode'", 300],
  ["export * from '@inkling/consent/records'", 2080],
])('%s takes at most %i bytes', async (code, most) => {
  const size = brotliSize(new TextEncoder().encode(await bundle(code)));
  expect(size).toBeLessThanOrEqual(most);
});

test('nobody loads what they do not use', async () => {
  const reader = await bundle("export { createReader } from '@inkling/consent'");
  for (const absent of ['setItem', 'US-CA', '__tcfapi', 'dpv:', 'customElements'])
    expect(reader.includes(absent), absent).toBe(false);
  const machine = await bundle("export { createConsent } from '@inkling/consent'");
  for (const absent of ['US-CA', 'dpv:', 'analytics_storage', 'tcloaded'])
    expect(machine.includes(absent), absent).toBe(false);
});
