import { basename } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The files of an entry that a page loads at once, and how many others there are, which are imported later. */
async function bundle(specifier: string): Promise<{ eager: string[]; later: number }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export * from '${specifier}';`, resolveDir: import.meta.dirname },
    bundle: true,
    splitting: true,
    metafile: true,
    outdir: 'out',
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@inkling/source'],
    logLevel: 'warning',
  });
  const paths = ['out/stdin.js'];
  for (const path of paths) {
    const imports = metafile.outputs[path]?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
    paths.push(...imports.map((other) => other.path).filter((other) => !paths.includes(other)));
  }
  const names = paths.map((path) => basename(path));
  const eager = outputFiles.filter(({ path }) => names.includes(basename(path))).map(({ text }) => text);
  return { eager, later: outputFiles.length - eager.length };
}

function compress(code: string): number {
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

// In bytes of brotli 11, with kernels. Whoever makes an entry larger raises its number in the same commit.
test.each([
  ['@inkling/onnx/lean', 4600, 0],
  ['@inkling/onnx', 8650, 0],
  ['@inkling/onnx/auto', 9100, 1],
  ['@inkling/onnx/full', 22_450, 0],
])('%s takes at most %i bytes, and %i chunks later', async (specifier, most, chunks) => {
  const { eager, later } = await bundle(specifier);
  expect(eager.reduce((sum, code) => sum + compress(code), 0)).toBeLessThanOrEqual(most);
  expect(later).toBe(chunks);
  for (const code of eager) expect(code).not.toContain('onnxruntime');
});
