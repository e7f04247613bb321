import { compileKernels } from './kernels/compile-kernels.ts';
import { DENSE } from './kernels/generated/dense-hex.ts';
import { createJsKernels } from './kernels/js-kernels.ts';
import { compileLean } from './lean-program.ts';
import { fail } from './onnx-error.ts';
import type { Feeds, InferenceSession, Outputs, SessionOptions } from './session.ts';

/** A session from a model's bytes, at once, with what nearly every ranker is made of: float32, and MatMul and Gemm with
 * constant weights, Add, Sub, Mul, Div, Relu, Sigmoid, Tanh, Concat, Identity. Anything else is `E_OPERATOR` or
 * `E_MODEL_FORMAT`, and `@inkling/onnx`, loaded then, takes over; the scores have the same bits. It keeps its memory,
 * but plans nothing: `stable` has no effect. Feeds are `{ type, data, dims }`. Throws what `InferenceSession.create` of
 * `@inkling/onnx` rejects with; stores and sends nothing. */
export function createLeanSession(bytes: Uint8Array, options: SessionOptions = {}): InferenceSession {
  const wasm = options.backend === 'js' ? undefined : compileKernels(DENSE);
  const { inputs, outputs, metadata, run } = compileLean(bytes, wasm ?? createJsKernels(), options);
  const inputNames = inputs.map(({ name }) => name);
  let released = false;
  const runSync = (feeds: Feeds): Outputs => {
    if (released) fail('E_RELEASED', 'no run after release()');
    for (const name in feeds) {
      if (!inputNames.includes(name)) fail('E_INPUT', `one of ${inputNames}`, name);
    }
    return run(feeds);
  };
  return {
    inputNames,
    outputNames: outputs.map(({ name }) => name),
    inputMetadata: inputs,
    outputMetadata: outputs,
    metadata,
    backend: wasm ? 'wasm' : 'js',
    run: async (feeds) => runSync(feeds),
    runSync,
    release: async () => {
      released = true;
    },
  };
}
