import { openFullKernels } from '#full-kernels';
import { fullOperators } from './full/operators.ts';
import { fullFormat } from './full/tensor-format.ts';
import type { InferenceSessionFactory } from './inference-session.ts';
import { loadModel } from './model-source.ts';
import { createSession, type InferenceSession as Session } from './session.ts';

export type { ValueMetadata } from './graph.ts';
export type { CreateOptions, InferenceSessionFactory } from './inference-session.ts';
export type { Fetch, ModelSource } from './model-source.ts';
export { OnnxError, type OnnxErrorCode, type OnnxErrorDetails } from './onnx-error.ts';
export type { Feeds, Outputs } from './session.ts';
export { Tensor, type TensorConstructor, type TensorLike, type TypedTensor } from './tensor.ts';
export type { TensorData, TensorType } from './value.ts';

export type InferenceSession = Session;

/** As that of `@inkling/onnx`, with every operator and type this package has. */
export const InferenceSession: InferenceSessionFactory = {
  create: async (source, options) =>
    createSession(
      await loadModel(source, options?.fetch),
      fullOperators,
      fullFormat,
      options,
      openFullKernels,
      ' (local functions: inline them with onnx.inliner)',
    ),
};
