import { Miniflare, NoOpLog } from 'miniflare';
import { bundleWorker } from '../../scripts/bundle-worker.ts';

/** What a Worker in workerd answers to some JSON, its kernels imported at build time.
 * @param module path of the module that exports `answer` */
export async function askWorker(module: string, body: unknown): Promise<unknown> {
  const worker = new Miniflare({
    log: new NoOpLog(),
    compatibilityDate: '2026-07-01',
    modules: await bundleWorker(
      `import { answer } from ${JSON.stringify(module)}; export default { fetch: answer };`,
      import.meta.dirname,
    ),
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
