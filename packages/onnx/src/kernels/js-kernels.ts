import type { Cells } from '../value.ts';
import type { Kernels } from './kernels.ts';

/** Storing what it returns rounds a float and wraps an integer. */
export type Compute = (a: number, b: number) => number;

/** The kernels where WebAssembly is refused. `memory` tells the buffer that addresses are in. */
export function createJsKernels(memory: () => ArrayBufferLike): Kernels {
  let floats: Float32Array = new Float32Array();
  const look = (): Float32Array => {
    const buffer = memory();
    if (floats.buffer !== buffer) floats = new Float32Array(buffer);
    return floats;
  };
  return {
    dense(out, a, b, bias, rows, depth, columns, least) {
      const f = look();
      const { fround } = Math;
      for (let i = 0; i < rows; i++) {
        const p = a / 4 + i * depth;
        for (let j = 0; j < columns; j += 4) {
          // Four sums are under way at once. Past the last column the last is computed again: the same bits to the same
          // place, and no second loop.
          const j1 = Math.min(j + 1, columns - 1);
          const j2 = Math.min(j + 2, columns - 1);
          const j3 = Math.min(j + 3, columns - 1);
          let sum0 = 0;
          let sum1 = 0;
          let sum2 = 0;
          let sum3 = 0;
          for (let k = 0, q = b / 4; k < depth; k++, q += columns) {
            const x = f[p + k] as number;
            sum0 = fround(sum0 + fround(x * (f[q + j] as number)));
            sum1 = fround(sum1 + fround(x * (f[q + j1] as number)));
            sum2 = fround(sum2 + fround(x * (f[q + j2] as number)));
            sum3 = fround(sum3 + fround(x * (f[q + j3] as number)));
          }
          const at = out / 4 + i * columns;
          const c = bias / 4;
          f[at + j] = Math.max(least, sum0 + (f[c + j] as number));
          f[at + j1] = Math.max(least, sum1 + (f[c + j1] as number));
          f[at + j2] = Math.max(least, sum2 + (f[c + j2] as number));
          f[at + j3] = Math.max(least, sum3 + (f[c + j3] as number));
        }
      }
    },
    combine: (kind, ...rest) => combineCells(look(), 4, OPERATIONS[kind] as Compute, ...rest),
  };
}

/** By the kind of `Kernels.combine`. */
const OPERATIONS: readonly Compute[] = [(a, b) => a + b, (a, b) => a - b, (a, b) => a * b, (a, b) => a / b];

/** `Kernels.combine` in `cells` of `size` bytes. */
export function combineCells(
  cells: Cells,
  size: number,
  compute: Compute,
  out: number,
  a: number,
  rowA: number,
  stepA: number,
  b: number,
  rowB: number,
  stepB: number,
  rows: number,
  columns: number,
): void {
  let to = out / size;
  for (let i = 0; i < rows; i++) {
    let p = (a + i * rowA) / size;
    let q = (b + i * rowB) / size;
    for (let j = 0; j < columns; j++, p += stepA / size, q += stepB / size) {
      cells[to++] = compute(cells[p] as number, cells[q] as number);
    }
  }
}
