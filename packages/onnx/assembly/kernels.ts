// All kernels; what dense.ts says at its top is true of these too.

export { dense } from './dense';

/** out [columns, rows] = a [rows, columns] */
export function transpose(out: i32, a: i32, rows: i32, columns: i32): void {
  for (let i = 0; i < rows * columns; i++) {
    store<i32>(out + (i << 2), load<i32>(a + (((i % rows) * columns + i / rows) << 2)));
  }
}

/** Element by element: 0 add, 1 subtract, 2 multiply. Rows are `rowA` and `rowB` bytes apart, elements in a row
 * `stepA` and `stepB`, which is 4, or 0 where one element serves the whole row. `out` is dense, and may be `a` or `b`
 * where they are as large. */
export function combine(
  kind: i32,
  out: i32,
  a: i32,
  rowA: i32,
  stepA: i32,
  b: i32,
  rowB: i32,
  stepB: i32,
  rows: i32,
  columns: i32,
): void {
  for (; rows > 0; rows--) {
    let p = a;
    let q = b;
    for (let left = columns; left > 0; left -= 4) {
      const x = stepA ? v128.load(p) : v128.load32_splat(p);
      const y = stepB ? v128.load(q) : v128.load32_splat(q);
      const z = kind === 0 ? f32x4.add(x, y) : kind === 1 ? f32x4.sub(x, y) : f32x4.mul(x, y);
      p += stepA << 2;
      q += stepB << 2;
      if (left > 3) {
        v128.store(out, z);
        out += 16;
      } else {
        v128.store_lane<f32>(out, z, 0);
        if (left > 1) v128.store_lane<f32>(out, z, 1, 4);
        if (left > 2) v128.store_lane<f32>(out, z, 2, 8);
        out += left << 2;
      }
    }
    a += rowA;
    b += rowB;
  }
}
