import type { OperatorNode } from '../operator.ts';
import { type Dims, sizeOf, type TensorType, type Value } from '../value.ts';
import { compute, walk } from './layout.ts';
import { cellOf } from './types.ts';

/** An operand, and how far apart its elements are along each dimension; 0 where it stretches. */
type Operand = readonly [value: Value, strides: Dims];

/** Sums of products, as doubles or bigints: for each place of the first `kept` dimensions, along all the others. */
export function contract(
  node: OperatorNode,
  type: TensorType,
  dims: Dims,
  kept: number,
  [a, stridesA]: Operand,
  [b, stridesB]: Operand,
): Value {
  const last = Math.max(kept, dims.length - 1);
  const [size = 1, stepA = 0, stepB = 0] = [dims, stridesA, stridesB].map((list) => list[last]);
  const passes = sizeOf(dims.slice(kept, last));
  return compute(
    node,
    type,
    dims.slice(0, kept),
    [a, b],
    (to, left, right) => {
      for (let i = 0; i < to.length; i++) to[i] = cellOf(type, 0);
      walk(dims.slice(0, last), stridesA, stridesB, (index, p, q) => {
        const at = Math.floor(index / passes);
        let sum = to[at] as number;
        for (let i = 0; i < size; i++, p += stepA, q += stepB) {
          const [v, w] = [left[p], right[q]] as [number, number];
          sum = type === 'int32' ? (sum + Math.imul(v, w)) | 0 : sum + v * w;
        }
        to[at] = sum;
      })();
    },
    passes * size,
  );
}
