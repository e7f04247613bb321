// The kernels of src/kernels in WebAssembly, SIMD across outputs only: each output keeps the order of its own sum, and
// multiplication and addition round separately (no relaxed SIMD), so the bits are those of the JavaScript twin.
// Arguments are byte addresses and counts. Nothing is allocated, and there is no static data: all of the memory is the
// caller's.

/** out [rows, columns] = a [rows, depth] · b [depth, columns] + bias [columns], then at least `least`: 0 is Relu, −∞ is
 * nothing. Past the last row the last is computed again, past the last eight columns those eight: the same bits to the
 * same place. */
export function dense(
  out: i32,
  a: i32,
  b: i32,
  bias: i32,
  rows: i32,
  depth: i32,
  columns: i32,
  least: f32,
): void {
  const rowA = depth << 2;
  const rowB = columns << 2;
  const floor = f32x4.splat(least);
  for (let i = 0; i < rows; i += 4) {
    const i1 = min(i + 1, rows - 1);
    const next1 = (i1 - i) * rowA;
    const i2 = min(i + 2, rows - 1);
    const next2 = (i2 - i) * rowA;
    const i3 = min(i + 3, rows - 1);
    const next3 = (i3 - i) * rowA;
    const end = a + i * rowA + rowA;
    if (columns < 8) {
      // The lanes are four rows.
      for (let j = 0; j < rowB; j += 4) {
        let s = f32x4.splat(0);
        let q = b + j;
        for (let p = a + i * rowA; p < end; p += 4) {
          let x = v128.load32_splat(p);
          x = v128.load_lane<f32>(p + next1, x, 1);
          x = v128.load_lane<f32>(p + next2, x, 2);
          x = v128.load_lane<f32>(p + next3, x, 3);
          s = f32x4.add(s, f32x4.mul(x, v128.load32_splat(q)));
          q += rowB;
        }
        s = f32x4.max(f32x4.add(s, v128.load32_splat(bias + j)), floor);
        v128.store_lane<f32>(out + i * rowB + j, s, 0);
        v128.store_lane<f32>(out + i1 * rowB + j, s, 1);
        v128.store_lane<f32>(out + i2 * rowB + j, s, 2);
        v128.store_lane<f32>(out + i3 * rowB + j, s, 3);
      }
    } else {
      for (let j = 0; j < rowB; j += 32) {
        const at = min(j, rowB - 32);
        let s0 = f32x4.splat(0);
        let s1 = s0;
        let s2 = s0;
        let s3 = s0;
        let t0 = s0;
        let t1 = s0;
        let t2 = s0;
        let t3 = s0;
        let q = b + at;
        for (let p = a + i * rowA; p < end; p += 4) {
          const w = v128.load(q);
          const v = v128.load(q, 16);
          let x = v128.load32_splat(p);
          s0 = f32x4.add(s0, f32x4.mul(x, w));
          t0 = f32x4.add(t0, f32x4.mul(x, v));
          x = v128.load32_splat(p + next1);
          s1 = f32x4.add(s1, f32x4.mul(x, w));
          t1 = f32x4.add(t1, f32x4.mul(x, v));
          x = v128.load32_splat(p + next2);
          s2 = f32x4.add(s2, f32x4.mul(x, w));
          t2 = f32x4.add(t2, f32x4.mul(x, v));
          x = v128.load32_splat(p + next3);
          s3 = f32x4.add(s3, f32x4.mul(x, w));
          t3 = f32x4.add(t3, f32x4.mul(x, v));
          q += rowB;
        }
        const c = v128.load(bias + at);
        const d = v128.load(bias + at, 16);
        let to = out + i * rowB + at;
        v128.store(to, f32x4.max(f32x4.add(s0, c), floor));
        v128.store(to, f32x4.max(f32x4.add(t0, d), floor), 16);
        to = out + i1 * rowB + at;
        v128.store(to, f32x4.max(f32x4.add(s1, c), floor));
        v128.store(to, f32x4.max(f32x4.add(t1, d), floor), 16);
        to = out + i2 * rowB + at;
        v128.store(to, f32x4.max(f32x4.add(s2, c), floor));
        v128.store(to, f32x4.max(f32x4.add(t2, d), floor), 16);
        to = out + i3 * rowB + at;
        v128.store(to, f32x4.max(f32x4.add(s3, c), floor));
        v128.store(to, f32x4.max(f32x4.add(t3, d), floor), 16);
      }
    }
  }
}
