import { createFeeds } from '../../../onnx/exporters/create-feeds.ts';
import { fetchBytes, fetchFeeds } from './fetch-model.ts';
import { loadSide, type SideName, scores } from './side.ts';

export interface ColdTask {
  readonly task: 'cold';
  readonly model: string;
  readonly side: SideName;
  /** `all`: import, the model's fetch beside it, create and first run. `memory`: create and first run, with the library
   * imported and the model's bytes there. `compiled`: as `memory`, and onnxruntime is given the bytes of its wasm. */
  readonly from: 'all' | 'memory' | 'compiled';
  readonly backend?: string;
}

export interface ColdResult {
  readonly ms: number;
  /** Where the time went; a fetch counts from where the import ends. */
  readonly phases: Readonly<Record<'import' | 'fetch' | 'create' | 'first run', number>>;
  readonly backend: string;
  readonly scores: readonly number[];
}

export async function measureCold({ model, side: name, from, backend }: ColdTask): Promise<ColdResult> {
  const feeds = createFeeds(await fetchFeeds(model));
  const options = backend ? { backend } : undefined;
  const wasm = from === 'compiled' ? await fetchBytes('/ort/ort-wasm-simd-threaded.wasm') : undefined;
  const early =
    from === 'all'
      ? undefined
      : {
          side: await loadSide(name, wasm?.buffer as ArrayBuffer | undefined),
          bytes: await fetchBytes(`/models/${model}.onnx`),
        };
  const start = performance.now();
  // Both at once, as a page does that knows what it needs.
  const fetching = early?.bytes ?? fetchBytes(`/models/${model}.onnx`);
  const side = early?.side ?? (await loadSide(name));
  const imported = performance.now();
  const bytes = await fetching;
  const fetched = performance.now();
  const session = await side.create(bytes, options);
  const created = performance.now();
  const found = await scores(session, side.feeds(feeds));
  const end = performance.now();
  return {
    ms: end - start,
    phases: {
      import: imported - start,
      fetch: fetched - imported,
      create: created - fetched,
      'first run': end - created,
    },
    backend: session.backend ?? 'wasm',
    scores: found,
  };
}
