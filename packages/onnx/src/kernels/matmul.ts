import type { Cells } from '../value.ts';

/** `out` [rows, columns], dense from `start`, becomes `a` [rows, depth] times `b` [depth, columns]. Element (i, k) of `a`
 * is at `startA + i * rowA + k * stepA`, (k, j) of `b` at `startB + k * stepB + j * columnB`: a transposed matrix needs no
 * copy.
 *
 * The bits are defined: each output has one accumulator, from 0, k ascends, and
 * `sum = fround(sum + fround(a[i, k] * b[k, j]))`. Nothing is fused or split, and what is added later (a bias) is added
 * to the finished sum. How outputs are grouped is free: four columns share a pass here, so that four independent sums
 * are under way and an element of `a` is loaded once for them. */
export function matmul(
  out: Cells,
  start: number,
  a: Cells,
  startA: number,
  rowA: number,
  stepA: number,
  b: Cells,
  startB: number,
  stepB: number,
  columnB: number,
  rows: number,
  depth: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j += 4) {
      // Past the last column the last is computed again: the same bits to the same place, and no second loop.
      const j1 = Math.min(j + 1, columns - 1);
      const j2 = Math.min(j + 2, columns - 1);
      const j3 = Math.min(j + 3, columns - 1);
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      let p = startA + i * rowA;
      let q = startB;
      for (let k = 0; k < depth; k++, p += stepA, q += stepB) {
        const x = a[p] as number;
        sum0 = Math.fround(sum0 + Math.fround(x * (b[q + j * columnB] as number)));
        sum1 = Math.fround(sum1 + Math.fround(x * (b[q + j1 * columnB] as number)));
        sum2 = Math.fround(sum2 + Math.fround(x * (b[q + j2 * columnB] as number)));
        sum3 = Math.fround(sum3 + Math.fround(x * (b[q + j3 * columnB] as number)));
      }
      const at = start + i * columns;
      out[at + j] = sum0;
      out[at + j1] = sum1;
      out[at + j2] = sum2;
      out[at + j3] = sum3;
    }
  }
}
