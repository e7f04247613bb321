export { createLeanSession } from './lean-session.ts';
export { OnnxError, type OnnxErrorCode, type OnnxErrorDetails } from './onnx-error.ts';
export type { Feeds, InferenceSession, Outputs, SessionOptions } from './session.ts';
