import { fail } from './onnx-error.ts';
import { type Dims, sizeOf } from './value.ts';

/** By NumPy's rules: shapes are aligned at the end, a 1 stretches. */
export interface Broadcast {
  /** The shape two operands have together. */
  readonly dims: Dims;
  /** Visits its elements in order, with their index and the indices of what stretches to them from `a` and `b`. */
  walk(visit: (index: number, indexA: number, indexB: number) => void): void;
}

export function createBroadcast(a: Dims, b: Dims): Broadcast {
  const rank = Math.max(a.length, b.length);
  const pad = (dims: Dims): Dims => [...Array<number>(rank - dims.length).fill(1), ...dims];
  const paddedB = pad(b);
  const dims = pad(a).map((dim, i) => (dim === 1 ? (paddedB[i] as number) : dim));
  /** Elements between neighbours along each axis; none where the operand stretches. */
  const stridesOf = (own: Dims): Dims =>
    own.map((dim, i) => {
      if (dim !== 1 && dim !== dims[i]) fail('E_SHAPE', 'shapes that broadcast');
      return dim === 1 ? 0 : sizeOf(own.slice(i + 1));
    });
  const stridesA = stridesOf(pad(a));
  const stridesB = stridesOf(paddedB);
  return {
    dims,
    walk(visit) {
      let index = 0;
      const along = (axis: number, indexA: number, indexB: number): void => {
        const strideA = stridesA[axis] as number;
        const strideB = stridesB[axis] as number;
        for (let i = dims[axis] as number; i > 0; i--, indexA += strideA, indexB += strideB) {
          if (axis < rank - 1) along(axis + 1, indexA, indexB);
          else visit(index++, indexA, indexB);
        }
      };
      if (rank) along(0, 0, 0);
      else visit(0, 0, 0);
    },
  };
}
