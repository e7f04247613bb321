export { createLeanSession } from './lean-session.ts';
export { OnnxError, type OnnxErrorCode } from './onnx-error.ts';
export type { Feeds, InferenceSession, Outputs, SessionOptions } from './session.ts';
