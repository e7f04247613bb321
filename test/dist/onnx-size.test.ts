import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

async function bundle(specifier: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${specifier}';`, resolveDir: import.meta.dirname },
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

// In bytes of brotli 11, with kernels. Whoever makes an entry larger raises its number in the same commit.
test.each([
  ['@inkling/onnx/lean', 4600],
  ['@inkling/onnx', 8600],
  ['@inkling/onnx/full', 22_000],
])('%s takes at most %i bytes', async (specifier, most) => {
  const code = await bundle(specifier);
  const bytes = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  expect(bytes).toBeLessThanOrEqual(most);
  expect(code).not.toContain('onnxruntime');
});
