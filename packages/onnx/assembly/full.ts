// The kernels of the full tier: all others, and those below. What dense.ts says at its top is true of these too.

export { dense } from './dense';
export { combine, transpose } from './kernels';
export { climb } from './trees';

/** For each block of `size` rows of `width` bytes, a multiple of four, those that the indices name, which are 64-bit
 * where `isWide`, else 32-bit, and count from the end where negative. @returns 0, or the place, counted from 1, of an
 * index that is not below `size` */
export function gather(
  out: i32,
  x: i32,
  indices: i32,
  isWide: i32,
  count: i32,
  blocks: i32,
  size: i32,
  width: i32,
): i32 {
  for (; blocks > 0; blocks--) {
    for (let i = 0; i < count; i++) {
      const given = isWide ? load<i64>(indices + (i << 3)) : i64(load<i32>(indices + (i << 2)));
      const index = given < 0 ? given + size : given;
      if (<u64>index >= <u64>size) return i + 1;
      let from = x + i32(index) * width;
      const end = out + width;
      for (; out <= end - 16; out += 16, from += 16) v128.store(out, v128.load(from));
      for (; out < end; out += 4, from += 4) store<i32>(out, load<i32>(from));
    }
    x += size * width;
  }
  return 0;
}

/** out [outer, inner] = the sums of x [outer, size, inner] along its middle, by ascending index, as doubles, divided by
 * `divisor` and then rounded. */
export function sum(out: i32, x: i32, outer: i32, size: i32, inner: i32, divisor: f64): void {
  const row = inner << 2;
  for (; outer > 0; outer--) {
    const end = x + row;
    while (x < end) {
      let from = x;
      if (x <= end - 8) {
        let pair = f64x2.splat(0);
        for (let i = size; i > 0; i--, from += row) {
          pair = f64x2.add(pair, f64x2.promote_low_f32x4(v128.load64_zero(from)));
        }
        v128.store64_lane(out, f32x4.demote_f64x2_zero(f64x2.div(pair, f64x2.splat(divisor))), 0);
        x += 8;
        out += 8;
      } else {
        let total: f64 = 0;
        for (let i = size; i > 0; i--, from += row) total += load<f32>(from);
        store<f32>(out, f32(total / divisor));
        x += 4;
        out += 4;
      }
    }
    x += row * (size - 1);
  }
}
