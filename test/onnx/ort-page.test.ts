import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InferenceSession } from '@inkling/onnx';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { buildModel, float32 } from './model-builder.ts';

const ORIGIN = 'http://ort.test';
const ORT = dirname(fileURLToPath(import.meta.resolve('onnxruntime-web/wasm')));
/** A page's script: the model is fetched, run, and its scores told. */
const SCRIPT = `
  import { InferenceSession, Tensor } from '@inkling/onnx/ort';
  window.score = async (wasmPaths) => {
    const session = await InferenceSession.create('/ranker.onnx', { wasmPaths });
    const { score } = await session.run({ x: new Tensor('float32', Float32Array.of(1, 2, 3, 4), [2, 2]) });
    await session.release();
    return { backend: session.backend, metadata: session.metadata, dims: score.dims, data: [...score.data] };
  };
`;
const model = buildModel({
  nodes: [{ op: 'Gemm', inputs: ['x', 'w'], outputs: ['score'] }],
  initializers: { w: float32([2, 1], [0.5, -2]) },
  inputs: [{ name: 'x', dims: ['N', 2] }],
  outputs: [{ name: 'score', dims: ['N', 1] }],
  opset: 17,
  metadata: { 'inkling.output': 'logit' },
});

test('a page in Chromium gets onnxruntime-web when it creates a session, from where it says', async () => {
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: import.meta.dirname },
    bundle: true,
    splitting: true,
    outdir: 'out',
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@inkling/source'],
    logLevel: 'error',
  });
  const scripts = new Map(outputFiles.map(({ path, contents }) => [`/${basename(path)}`, contents]));
  const asked: string[] = [];
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      asked.push(pathname);
      const script = scripts.get(pathname);
      if (script) return route.fulfill({ contentType: 'text/javascript', body: Buffer.from(script) });
      if (pathname === '/ranker.onnx') return route.fulfill({ body: Buffer.from(model) });
      if (pathname.startsWith('/ort/')) {
        const body = readFileSync(join(ORT, basename(pathname)));
        const isWasm = pathname.endsWith('.wasm');
        return route.fulfill({ contentType: isWasm ? 'application/wasm' : 'text/javascript', body });
      }
      return route.fulfill({
        contentType: 'text/html',
        body: '<script type="module" src="/stdin.js"></script>',
      });
    });
    await page.goto(`${ORIGIN}/`);
    expect(asked.some((path) => path.startsWith('/ort'))).toBe(false);
    const loaded = asked.length;
    const found = await page.evaluate("window.score('/ort/')");
    const x = { type: 'float32', data: Float32Array.of(1, 2, 3, 4), dims: [2, 2] };
    const { score } = (await InferenceSession.create(model)).runSync({ x });
    expect(found).toEqual({
      backend: 'ort',
      metadata: { 'inkling.output': 'logit' },
      dims: [2, 1],
      data: Array.from(score?.data as Float32Array),
    });
    expect(asked.slice(loaded)).toContain('/ranker.onnx');
    expect(asked.slice(loaded)).toContain('/ort/ort-wasm-simd-threaded.wasm');
  } finally {
    await browser.close();
  }
}, 60_000);
