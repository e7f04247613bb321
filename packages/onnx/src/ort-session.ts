import { readMetadata } from './inspect.ts';
import { type Fetch, loadModel, type ModelSource } from './model-source.ts';
import { fail, OnnxError } from './onnx-error.ts';
import { loadOrt, type OrtValueMetadata } from './ort-module.ts';
import { readMessage } from './protobuf-message.ts';
import type { TensorLike } from './tensor.ts';

const INIT_TIMEOUT_MS = 30_000;

/** A model in onnxruntime-web, with the API of this package's own sessions. It stores nothing and sends nothing. */
export interface OrtSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata: readonly OrtValueMetadata[];
  readonly outputMetadata: readonly OrtValueMetadata[];
  /** The model's `metadata_props`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly backend: 'ort';
  /** Rejects with `E_PEER` for what onnxruntime refuses, its error as `cause`, and `E_RELEASED` after `release()`. */
  run(feeds: Readonly<Record<string, TensorLike>>): Promise<Readonly<Record<string, TensorLike>>>;
  /** Always throws `E_PEER`: onnxruntime-web runs asynchronously only. */
  runSync(feeds: Readonly<Record<string, TensorLike>>): never;
  /** Lets go of the model. onnxruntime-web itself stays in memory. */
  release(): Promise<void>;
}

export interface OrtSessionOptions {
  /** @default the global `fetch` */
  readonly fetch?: Fetch;
  /** Where onnxruntime-web finds its `.wasm`: a folder, or the addresses of its files. Only the first session counts.
   * @default beside its own script */
  readonly wasmPaths?: string | { readonly wasm?: string; readonly mjs?: string };
  /** How long onnxruntime-web may take to start before `create` rejects. Only the first session counts.
   * @default 30000 */
  readonly initTimeoutMs?: number;
  /** Imports onnxruntime-web, or another build of it such as `onnxruntime-web/webgpu`. */
  readonly load: () => Promise<unknown>;
}

/** A session of onnxruntime-web, wherever that is loaded from; as `create` of `@inkling/onnx/ort`. */
export async function createOrtSession(source: ModelSource, options: OrtSessionOptions): Promise<OrtSession> {
  const { load, initTimeoutMs = INIT_TIMEOUT_MS, wasmPaths } = options;
  const [bytes, ort] = await Promise.all([loadModel(source, options.fetch), loadOrt(load)]);
  Object.assign(ort.env.wasm, {
    numThreads: 1,
    initTimeout: initTimeoutMs,
    ...(wasmPaths !== undefined && { wasmPaths }),
  });
  const session = await ask('create', () =>
    ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] }),
  );
  const { inputNames, outputNames, inputMetadata, outputMetadata } = session;
  let released = false;
  return {
    inputNames,
    outputNames,
    inputMetadata,
    outputMetadata,
    metadata: readMetadata(readMessage(bytes)),
    backend: 'ort',
    async run(feeds) {
      if (released) fail('E_RELEASED', 'no run after release()');
      return await ask('run', () =>
        session.run(
          Object.fromEntries(
            Object.entries(feeds).map(([name, { type, data, dims }]) => [
              name,
              new ort.Tensor(type, data, dims),
            ]),
          ),
        ),
      );
    },
    runSync: () => fail('E_PEER', 'run, as onnxruntime-web runs asynchronously only', 'runSync'),
    async release() {
      if (released) return;
      released = true;
      await session.release();
    },
  };
}

async function ask<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const place = `onnxruntime-web, ${what}`;
    throw new OnnxError('E_PEER', `${place}: ${(cause as Error).message ?? cause}`, { place, cause });
  }
}
