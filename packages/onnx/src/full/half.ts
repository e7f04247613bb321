import { halfToFloat } from '../tensor-proto.ts';

export { halfToFloat as decodeHalf };

/** The bits of the half float nearest to `v`, halves to even. */
export function encodeHalf(v: number): number {
  const sign = v < 0 || Object.is(v, -0) ? 32_768 : 0;
  const size = Math.abs(v);
  if (Number.isNaN(size)) return 32_256;
  if (size >= 65_520) return sign + 31_744;
  // From 2⁻¹⁴ down all have the same distance.
  let exponent = 0;
  let unit = 2 ** -24;
  for (; size >= unit * 2048; unit *= 2) exponent++;
  const steps = size / unit;
  const near = Math.round(steps);
  const even = near - steps === 0.5 && near % 2 ? near - 1 : near;
  // Above the subnormals the 1024 steps before the first belong to the exponent.
  return sign + exponent * 1024 + even;
}
