import { build } from 'esbuild';
import { Miniflare, NoOpLog } from 'miniflare';

/** What a Worker in workerd answers to some JSON, its kernels imported at build time.
 * @param module path of the module that exports `answer` */
export async function askWorker(module: string, body: unknown): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { answer } from ${JSON.stringify(module)}; export default { fetch: answer };`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2022',
    conditions: ['@inkling/source', 'workerd'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    logLevel: 'warning',
  });
  const worker = new Miniflare({
    log: new NoOpLog(),
    compatibilityDate: '2026-07-01',
    modules: outputFiles
      .toSorted((a, b) => Number(b.path.endsWith('.js')) - Number(a.path.endsWith('.js')))
      .map(({ path, contents }) => ({
        type: path.endsWith('.wasm') ? ('CompiledWasm' as const) : ('ESModule' as const),
        path: path.slice(1),
        contents,
      })),
  });
  try {
    const response = await worker.dispatchFetch('http://worker/', {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return await response.json();
  } finally {
    await worker.dispose();
  }
}
