import { fail } from './onnx-error.ts';
import type { Dims } from './value.ts';

/** A loop of `size` rounds, that moves `stepA` elements in one operand and `stepB` in the other; 0 where it stretches. */
export type Loop = readonly [size: number, stepA: number, stepB: number];

/** By NumPy's rules: shapes are aligned at the end, a 1 stretches. @returns the shape two operands have together, and
 * the fewest loops that visit it, the innermost first */
export function broadcast(a: Dims, b: Dims): { readonly dims: Dims; readonly loops: readonly Loop[] } {
  const dims: number[] = [];
  const loops: Loop[] = [];
  let strideA = 1;
  let strideB = 1;
  for (let i = 1; i <= Math.max(a.length, b.length); i++) {
    const dimA = a.at(-i) ?? 1;
    const dimB = b.at(-i) ?? 1;
    const size = dimA === 1 ? dimB : dimA;
    if (dimB !== 1 && dimB !== size) fail('E_SHAPE', 'shapes that broadcast');
    const stepA = dimA === 1 ? 0 : strideA;
    const stepB = dimB === 1 ? 0 : strideB;
    dims.unshift(size);
    strideA *= dimA;
    strideB *= dimB;
    const [inner, innerA = 0, innerB = 0] = loops.at(-1) ?? [];
    if (size === 1) continue;
    if (inner !== undefined && innerA * inner === stepA && innerB * inner === stepB) {
      loops[loops.length - 1] = [inner * size, innerA, innerB];
    } else loops.push([size, stepA, stepB]);
  }
  return { dims, loops };
}

/** What goes through `loops`, telling how many visits there were before, and where in each operand they have come. */
export function createWalk(
  loops: readonly Loop[],
  visit: (index: number, indexA: number, indexB: number) => void,
): () => void {
  let index = 0;
  const along = (level: number, indexA: number, indexB: number): void => {
    const [size, stepA, stepB] = loops[level] ?? [1, 0, 0];
    for (let i = 0; i < size; i++, indexA += stepA, indexB += stepB) {
      if (level > 0) along(level - 1, indexA, indexB);
      else visit(index++, indexA, indexB);
    }
  };
  return () => {
    index = 0;
    along(loops.length - 1, 0, 0);
  };
}
