/** The bits of each f32 in hex, separated by spaces. */
export function bitsOf(values: Float32Array): string {
  return Array.from(new Uint32Array(Float32Array.from(values).buffer), (bits) => bits.toString(16)).join(' ');
}
