import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildModel } from '../../onnx/model-builder.ts';
import type { BenchModel } from './bench-model.ts';

const ROOT = join(import.meta.dirname, '../../..');
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.html': 'text/html',
  '.json': 'application/json',
  '.onnx': 'application/octet-stream',
};

/** Chromium compiles the functions of a script that begins so while it loads it, not one by one at their first calls;
 * for other engines it is a comment. Both sides have it. */
const HINT = Buffer.from('//# allFunctionsCalledOnLoad\n');

/** Path of the address to content. */
export type BenchFiles = ReadonlyMap<string, Uint8Array>;

/** Builds the package and gives what the pages load: each of our entries bundled and minified from `dist/` to one file as
 * a user's bundler would, onnxruntime-web's files as published, the models, and the page itself. */
export async function collectFiles(models: readonly BenchModel[]): Promise<BenchFiles> {
  buildPackage();
  const files = new Map<string, Uint8Array>();
  for (const name of ourEntries()) files.set(`/ours/${name}.js`, await bundleEntry(name));
  for (const [path, content] of ortFiles()) files.set(path, content);
  for (const { id, spec, feeds } of models) {
    files.set(`/models/${id}.onnx`, buildModel(spec));
    files.set(`/models/${id}.json`, Buffer.from(JSON.stringify(feeds)));
  }
  files.set('/page.js', await bundlePage());
  files.set('/page.html', Buffer.from('<!doctype html><title>bench</title><script src="/page.js"></script>'));
  return files;
}

/** onnxruntime-web's wasm entry, as published. */
export function ortFiles(): BenchFiles {
  const ort = dirname(fileURLToPath(import.meta.resolve('onnxruntime-web/wasm')));
  return new Map(
    ['ort.wasm.bundle.min.mjs', 'ort-wasm-simd-threaded.wasm'].map((name) => {
      const content = readFileSync(join(ort, name));
      return [`/ort/${name}`, name.endsWith('.mjs') ? Buffer.concat([HINT, content]) : content];
    }),
  );
}

/** Which entries the package has by now. */
export function ourEntries(): readonly ('onnx' | 'full')[] {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'packages/onnx/package.json'), 'utf8'));
  return './full' in exports ? ['onnx', 'full'] : ['onnx'];
}

/** Serves files on a free loopback port, isolated so that pages have the finest clock. */
export async function serveBench(
  files: BenchFiles,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer(({ url = '/' }, response) => {
    const path = url.replace(/\?.*/s, '');
    const content = files.get(path);
    if (!content) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(basename(path))] ?? 'application/octet-stream',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function buildPackage(): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@inkling/source', join(ROOT, 'scripts/build.ts'), 'onnx'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The package does not build:\n${stdout}${stderr}`);
}

async function bundleEntry(name: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [name === 'onnx' ? '@inkling/onnx' : `@inkling/onnx/${name}`],
    absWorkingDir: join(ROOT, 'test'),
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  return Buffer.concat([HINT, outputFiles[0]?.contents ?? new Uint8Array()]);
}

async function bundlePage(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page/page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
