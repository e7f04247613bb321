import type { ModelSource } from './model-source.ts';
import { createOrtSession, type OrtSession, type OrtSessionOptions } from './ort-session.ts';

export type { ModelSource } from './model-source.ts';
export { OnnxError, type OnnxErrorCode, type OnnxErrorDetails } from './onnx-error.ts';
export type { OrtSession } from './ort-session.ts';
export { Tensor, type TensorLike } from './tensor.ts';

export interface OrtOptions extends Omit<OrtSessionOptions, 'load'> {
  /** Imports onnxruntime-web, or another build of it such as `onnxruntime-web/webgpu`.
   * @default () => import('onnxruntime-web/wasm') */
  readonly load?: OrtSessionOptions['load'];
}

export interface OrtSessionFactory {
  /** Imports onnxruntime-web, an optional peer dependency of about 14 MB, sets it to one thread, and creates a session.
   * A URL or string is fetched, and onnxruntime-web fetches its own `.wasm`; bytes send nothing else. Rejects with an
   * `OnnxError`: `E_FETCH`; `E_PEER` where onnxruntime-web is not installed, does not start or refuses the model. */
  create(source: ModelSource, options?: OrtOptions): Promise<OrtSession>;
}

export const InferenceSession: OrtSessionFactory = {
  create: (source, options) =>
    createOrtSession(source, { load: () => import('onnxruntime-web/wasm'), ...options }),
};
