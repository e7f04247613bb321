import { createBroadcast } from '../broadcast.ts';
import { fail } from '../onnx-error.ts';
import { NUMBER, type OperatorNode, type Operators } from '../operator.ts';
import type { Value } from '../value.ts';

/** Storing what it returns rounds a float and wraps an integer. */
export type Compute = (a: number, b: number) => number;

export const elementwise: Operators = {
  Add: [2, NUMBER, (node) => (a, b) => combine(node, a, b, (x, y) => x + y)],
  Sub: [2, NUMBER, (node) => (a, b) => combine(node, a, b, (x, y) => x - y)],
  Mul: [2, NUMBER, (node) => (a, b) => combine(node, a, b, a.type === 'int32' ? Math.imul : (x, y) => x * y)],
  // Integers divide towards zero, and by zero give 0.
  Div: [
    2,
    NUMBER,
    (node) => (a, b) => combine(node, a, b, (x, y) => (y || a.type === 'float32' ? x / y : y)),
  ],
};

/** Computes each element from those of `a` and `b`, which are broadcast. */
function combine(node: OperatorNode, a: Value, b: Value, compute: Compute): Value {
  const { dims, walk } = createBroadcast(a.dims, b.dims);
  const out = node.allocate(a.type, dims);
  walk((i, indexA, indexB) => {
    out.data[i] = compute(a.data[indexA] as number, b.data[indexB] as number);
  });
  return out;
}

/** `combine` where only `b` may stretch. */
export function adjust(node: OperatorNode, a: Value, b: Value, compute: Compute): Value {
  const out = combine(node, a, b, compute);
  if (`${out.dims}` !== `${a.dims}`) fail('E_SHAPE', `shapes that broadcast to [${a.dims}]`);
  return out;
}
