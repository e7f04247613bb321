/** To 8 significant bits, an f32 of which half is zero: a model of such numbers compresses to less. */
export function roundToByte(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 7);
  return Math.round(value / unit) * unit;
}
