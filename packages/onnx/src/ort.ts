export type { ModelSource } from './model-source.ts';
export { OnnxError, type OnnxErrorCode, type OnnxErrorDetails } from './onnx-error.ts';
export { InferenceSession, type OrtOptions, type OrtSession, type OrtSessionFactory } from './ort-session.ts';
export { Tensor, type TensorLike } from './tensor.ts';
