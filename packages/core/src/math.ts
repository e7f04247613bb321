/* ECMAScript leaves the precision of Math.exp and Math.log to the engine; these give the same bits everywhere,
 * because they use only operations that IEEE 754 defines exactly. */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_LOW = 6.077100506506192e-11;

/** e to the x. Relative error below 1e-15; 0 below -745, Infinity above 709.8. */
export function exp(x: number): number {
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

/** Sine of x radians. Absolute error below 2e-16 while |x| is below a million; NaN for what is not finite. */
export function sin(x: number): number {
  return sinus(x, 0);
}

/** Cosine of x radians, as exact as `sin`. */
export function cos(x: number): number {
  return sinus(x, 1);
}

/** The logistic function. */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

/** The inverse of the logistic function, infinite at 0 and 1; what lies outside of 0 to 1 counts as its nearer end. */
export function logit(probability: number): number {
  const p = Math.min(Math.max(probability, 0), 1);
  return log(p / (1 - p));
}

/** Sine of x plus that many quarter turns. */
function sinus(x: number, quarters: number): number {
  const k = Math.round(x / (Math.PI / 2));
  // Cody and Waite: π/2 in two parts, the first of 33 bits, so that its product with k is exact.
  const r = x - k * HALF_PI_HIGH - k * HALF_PI_LOW;
  const quadrant = (k + quarters) & 3;
  const square = r * r;
  // Taylor's series on |r| ≤ π/4: of the terms left out the first is below 1e-18.
  const odd = quadrant & 1;
  let sum = 1;
  for (let n = odd ? 18 : 19; n > 1; n -= 2) sum = 1 - (square / (n * (n - 1))) * sum;
  const value = odd ? sum : r * sum;
  return quadrant & 2 ? -value : value;
}

/** x times 2 to the k, exactly where the result is normal. */
function scale(x: number, k: number): number {
  let y = x;
  for (; k > 0; k--) y *= 2;
  for (; k < 0; k++) y /= 2;
  return y;
}
