import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { brotliSize } from '../bench/size.ts';

/** The three elements with English, bundled for a page: what a site sends once anything of them is shown, and opened. */
async function bundleElements(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { showConsent, showElements } from '@inkling/consent/define';
        export * from '@inkling/consent/define-privacy';
      `,
      resolveDir: import.meta.dirname,
    },
    // Other languages, what answers further questions, what is said of the moment, and records are modules of their own.
    external: ['./texts/*', './ask-why.ts', './moment-rows.ts', './page-records.ts'],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@inkling/source'],
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

test('banner, choices, privacy centre and reasons stay within 8,192 bytes with one language', async () => {
  const code = await bundleElements();
  expect(brotliSize(code)).toBeLessThanOrEqual(8192);
  const text = new TextDecoder().decode(code);
  expect(text).toContain('Refuse all');
  // Nor do the other languages, or the zod schema, hide in them.
  for (const absent of ['Alles ablehnen', 'Tout refuser', 'أرفض', 'innerHTML', 'zod']) {
    expect(text.includes(absent), absent).toBe(false);
  }
});
