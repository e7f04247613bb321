import { OnnxError } from './onnx-error.ts';
import type { TensorLike } from './tensor.ts';

/** As much of onnxruntime-web as is used. */
export interface OrtModule {
  readonly env: { readonly wasm: { numThreads?: number; initTimeout?: number; wasmPaths?: unknown } };
  readonly InferenceSession: { create(model: Uint8Array, options: object): Promise<OrtModuleSession> };
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => TensorLike;
}

interface OrtModuleSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata: readonly OrtValueMetadata[];
  readonly outputMetadata: readonly OrtValueMetadata[];
  run(feeds: object): Promise<Readonly<Record<string, TensorLike>>>;
  release(): Promise<void>;
}

/** What the model declares; a value that is no tensor has a name only. */
export interface OrtValueMetadata {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

/** Imports onnxruntime-web, or what `load` gives; `E_PEER` where it is not installed. */
export async function loadOrt(load: () => Promise<unknown>): Promise<OrtModule> {
  const place = '@inkling/onnx/ort';
  const expected = 'onnxruntime-web (npm install onnxruntime-web)';
  let found: unknown;
  try {
    const module = await load();
    // What is looked at here is all that tells the module from another one.
    if ((module as Partial<OrtModule>).InferenceSession) return module as OrtModule;
    found = 'a module without InferenceSession';
  } catch (cause) {
    found = cause;
  }
  throw new OnnxError('E_PEER', `${place}: expected ${expected}, found ${found}`, {
    place,
    expected,
    found,
    cause: found,
  });
}
