import { build } from 'esbuild';

/** A module of a Worker, as miniflare takes it. */
export interface WorkerModule {
  readonly type: 'ESModule' | 'CompiledWasm';
  readonly path: string;
  readonly contents: Uint8Array;
}

/** Bundles a Worker from source, the script first, with the kernels' `.wasm` beside it to be compiled when it starts.
 * @param contents The entry's text.
 * @param resolveDir Where its imports are resolved from. */
export async function bundleWorker(contents: string, resolveDir: string): Promise<WorkerModule[]> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2022',
    conditions: ['@inkling/source', 'workerd'],
    loader: { '.wasm': 'copy' },
    external: ['cloudflare:workers'],
    assetNames: '[name]',
    logLevel: 'silent',
  });
  return outputFiles
    .toSorted((a, b) => Number(b.path.endsWith('.js')) - Number(a.path.endsWith('.js')))
    .map(({ path, contents }) => ({
      type: path.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule',
      path: path.slice(1),
      contents,
    }));
}
