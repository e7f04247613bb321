/* ECMAScript leaves the precision of Math.exp and Math.log to the engine; these give the same bits everywhere,
 * because they use only operations that IEEE 754 defines exactly. */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** e to the x. Relative error below 1e-15; 0 below -745, Infinity above 709.8. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x < -745) return 0;
  if (x > 709.8) return Infinity;
  const k = Math.round(x / Math.LN2);
  // Cody and Waite: subtract k·ln 2 in two parts, so that the rest keeps its low bits.
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 14; n > 0; n--) sum = 1 + (r / n) * sum;
  return scale(sum, k);
}

/** Natural logarithm. Relative error below 1e-15; NaN below 0, -Infinity at 0. */
export function log(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0)) return NaN;
  if (x === Infinity) return x;
  let m = x;
  let e = 0;
  for (; m >= Math.SQRT2; e++) m /= 2;
  for (; m < Math.SQRT1_2; e--) m *= 2;
  // ln m = 2 artanh((m - 1) / (m + 1)); the argument is below 0.172, so eleven terms reach the last bit.
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let n = 21; n > 0; n -= 2) sum = sum * square + 1 / n;
  return 2 * s * sum + e * LN2_LOW + e * LN2_HIGH;
}

/** The logistic function. */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

/** x times 2 to the k, exactly where the result is normal. */
function scale(x: number, k: number): number {
  let y = x;
  for (; k > 0; k--) y *= 2;
  for (; k < 0; k++) y /= 2;
  return y;
}
