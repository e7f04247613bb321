export type { ValueMetadata } from './graph.ts';
export { InferenceSession, type InferenceSessionFactory } from './inference-session.ts';
export type { Fetch, ModelSource } from './model-source.ts';
export { OnnxError, type OnnxErrorCode, type OnnxErrorDetails } from './onnx-error.ts';
export type { Feeds, Outputs } from './session.ts';
export { Tensor, type TensorConstructor, type TensorLike, type TypedTensor } from './tensor.ts';
export type { TensorData, TensorType } from './value.ts';
