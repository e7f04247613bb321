import { openKernels } from '#kernels';
import type { Operators } from './operator.ts';
import { basicActivation } from './operators/basic-activation.ts';
import { concat } from './operators/concat.ts';
import { elementwise } from './operators/elementwise.ts';
import { linear } from './operators/linear.ts';
import { createSession, type InferenceSession, type SessionOptions } from './session.ts';
import { decodeTensor } from './tensor-proto.ts';
import { typeOf } from './value.ts';

export { OnnxError, type OnnxErrorCode } from './onnx-error.ts';
export type { Feeds, InferenceSession, Outputs, SessionOptions } from './session.ts';

/** A session from a model's bytes, at once, with what nearly every ranker is made of: MatMul, Gemm, Add, Sub, Mul, Div,
 * Relu, Sigmoid, Tanh, Concat. Any other operator is `E_OPERATOR`; `@inkling/onnx`, loaded then, takes over. Feeds are
 * `{ type, data, dims }`. Throws what `InferenceSession.create` of `@inkling/onnx` rejects with; stores and sends
 * nothing. */
export function createLeanSession(bytes: Uint8Array, options?: SessionOptions): InferenceSession {
  const operators: Operators = { ...linear, ...elementwise, ...basicActivation, ...concat };
  return createSession(bytes, operators, { decodeTensor, typeOf }, options, openKernels);
}
