import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { withPeers } from '../size/peers.ts';

export interface PartsPage {
  /** Path to content, beside the shop's own files. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The job done with today's parts: cookieconsent asks, GrowthBook draws the arm, onnxruntime-web runs the shop's ranker
 * over the grid, and a line of script puts it in order. What the features are is computed beforehand, to its advantage. */
export async function buildPartsPage(features: readonly number[], rows: number): Promise<PartsPage> {
  const contents = `
    import { GrowthBook } from '@growthbook/growthbook';
    import * as ort from 'onnxruntime-web/wasm';
    import * as CookieConsent from 'vanilla-cookieconsent';
    const features = ${JSON.stringify(features)};
    async function run() {
      void CookieConsent.run({
        categories: { necessary: { enabled: true, readOnly: true }, analytics: {} },
        language: { default: 'en', translations: { en: {
          consentModal: { title: 'Choices', description: 'What may we remember?', acceptAllBtn: 'Accept', acceptNecessaryBtn: 'Refuse' },
          preferencesModal: { title: 'Choices', sections: [] },
        } } },
      });
      const growthbook = new GrowthBook({
        attributes: { id: 'visitor' },
        features: { ranked: { defaultValue: true, rules: [{ variations: [true, true], hashAttribute: 'id', coverage: 1 }] } },
      });
      ort.env.wasm.numThreads = 1;
      ort.env.wasm.wasmPaths = '/ort/';
      const pack = await (await fetch('/inkling/pack.json')).json();
      const inline = pack.assets.find(({ role }) => role === 'model').inline;
      const model = Uint8Array.from(atob(inline), (char) => char.charCodeAt(0));
      const session = await ort.InferenceSession.create(model);
      const dims = [${rows}, features.length / ${rows}];
      const { score } = await session.run({ features: new ort.Tensor('float32', Float32Array.from(features), dims) });
      if (!growthbook.isOn('ranked')) return;
      const grid = document.querySelector('[data-inkling-slot="grid"]');
      const children = [...grid.children];
      const order = children.map((_, index) => index).sort((a, b) => score.data[b] - score.data[a]);
      grid.append(...order.map((index) => children[index]));
    }
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run);
    else run();`;
  const names = ['@growthbook/growthbook', 'onnxruntime-web', 'vanilla-cookieconsent'];
  return withPeers(async (folder) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      outdir: '/',
      external: ['node:*', 'module'],
      logLevel: 'error',
    });
    const ort = (file: string) => readFileSync(join(folder, 'node_modules/onnxruntime-web/dist', file));
    return {
      files: new Map<string, Uint8Array>([
        ['parts.js', outputFiles[0]?.contents ?? new Uint8Array()],
        ...['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.mjs'].map(
          (file) => [`ort/${file}`, ort(file)] as const,
        ),
      ]),
    };
  }, names);
}
