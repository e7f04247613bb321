import { openKernels } from '#kernels';
import { type Fetch, loadModel, type ModelSource } from './model-source.ts';
import { mlpOperators } from './operators/mlp.ts';
import { createSession, type InferenceSession as Session, type SessionOptions } from './session.ts';
import { decodeTensor } from './tensor-proto.ts';
import { typeOf } from './value.ts';

export type InferenceSession = Session;

export interface CreateOptions extends SessionOptions {
  /** Fetches a model given as a URL or string. @default the global one */
  readonly fetch?: Fetch | undefined;
}

export interface InferenceSessionFactory {
  /** Reads a model and plans its run. A URL or string is fetched with `options.fetch`, by default the global one; bytes
   * send nothing. Rejects with an `OnnxError`: `E_FETCH`, `E_MODEL_FORMAT`, `E_MODEL_LIMIT`, `E_OPERATOR`, `E_SHAPE`.
   * Weights that are NaN or infinite are computed with as they are; `inspect` of `@inkling/onnx/inspect` lists them. */
  create(source: ModelSource, options?: CreateOptions): Promise<InferenceSession>;
}

export const InferenceSession: InferenceSessionFactory = {
  create: async (source, options) =>
    createSession(
      await loadModel(source, options?.fetch),
      mlpOperators,
      { decodeTensor, typeOf },
      options,
      openKernels,
      ' (@inkling/onnx/auto has more)',
    ),
};
