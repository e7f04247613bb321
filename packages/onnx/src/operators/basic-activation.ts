import { sigmoid, tanh } from '../math.ts';
import { FLOAT, type OperatorNode, type Operators } from '../operator.ts';
import type { Value } from '../value.ts';

export const basicActivation: Operators = {
  Relu: [
    1,
    FLOAT,
    (node) => (x) => {
      const layer = node.layerOf(x);
      if (!layer) return map(node, x, (v) => Math.max(v, 0));
      layer.least = 0;
      return x;
    },
  ],
  Sigmoid: [1, FLOAT, (node) => (x) => map(node, x, sigmoid)],
  Tanh: [1, FLOAT, (node) => (x) => map(node, x, tanh)],
};

/** A new value for each element. */
export function map(node: OperatorNode, x: Value, compute: (v: number) => number): Value {
  const out = node.allocate(x.type, x.dims, 0, 0, x);
  node.each(() => {
    const { data } = out;
    const from = x.data;
    for (let i = 0; i < data.length; i++) data[i] = compute(from[i] as number);
  });
  return out;
}
