import { sigmoid, tanh } from '../math.ts';
import { FLOAT, type OperatorNode, type Operators } from '../operator.ts';
import type { Cells, Value } from '../value.ts';

export const basicActivation: Operators = {
  Relu: [
    1,
    FLOAT,
    (node) => (x) => {
      const layer = node.layerOf(x);
      if (!layer) {
        return map(node, x, (to, from, i) => {
          to[i] = Math.max(from[i] as number, 0);
        });
      }
      layer.least = 0;
      return x;
    },
  ],
  Sigmoid: [
    1,
    FLOAT,
    (node) => (x) =>
      map(node, x, (to, from, i) => {
        to[i] = sigmoid(from[i] as number);
      }),
  ],
  Tanh: [
    1,
    FLOAT,
    (node) => (x) =>
      map(node, x, (to, from, i) => {
        to[i] = tanh(from[i] as number);
      }),
  ],
};

/** Sets each element of `to` from the one of `from`. A number that a function is given, or gives, costs memory where an
 * engine cannot inline the call; one that it finds in an array does not. */
type Setter = (to: Cells, from: Cells, i: number) => void;

/** A new value for each element. */
export function map(node: OperatorNode, x: Value, set: Setter): Value {
  const out = node.allocate(x.type, x.dims, 0, x);
  node.each(() => {
    const to = out.data;
    const from = x.data;
    for (let i = 0; i < to.length; i++) set(to, from, i);
  });
  return out;
}
