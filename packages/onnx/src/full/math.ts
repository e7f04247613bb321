// Made of the exactly specified part of Math, as ../math.ts is, but for doubles.

/** base^exponent for a whole exponent from 0 on, by squaring; powers of two are exact. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let factor = base, rest = exponent; rest; rest = Math.floor(rest / 2), factor *= factor) {
    if (rest % 2) result *= factor;
  }
  return result;
}

/** e^x: the whole multiple of ln 2 apart, the rest by its series. */
export function exp(x: number): number {
  if (!(x > -746)) return Math.max(x, 0);
  if (x > 710) return 1 / 0;
  const half = Math.round(x * 0.7213475204444817);
  // ln 4 in two parts, so that the product with the first is exact.
  const r = x - half * 1.3862943607382476 - half * 3.8164298585411754e-10;
  let sum = 1;
  for (let i = 18; i > 0; i--) sum = 1 + (sum * r) / i;
  const scale = power(2, Math.abs(half));
  return half < 0 ? sum / scale / scale : sum * scale * scale;
}

/** Twice the inverse hyperbolic tangent, for |z| up to 1/3. */
function atanh2(z: number): number {
  let sum = 0;
  for (let i = 35; i > 0; i -= 2) sum = sum * z * z + 2 / i;
  return sum * z;
}

export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -1 / 0 : Number.NaN;
  if (x === 1 / 0) return x;
  let rest = x;
  let exponent = 0;
  for (; rest > 1.5; exponent++) rest /= 2;
  for (; rest < 0.75; exponent--) rest *= 2;
  return atanh2((rest - 1) / (rest + 1)) + exponent * Math.LN2;
}

/** ln(1 + e^x). */
export function softplus(x: number): number {
  const small = exp(-Math.abs(x));
  return Math.max(x, 0) + atanh2(small / (2 + small));
}

/** x^y as C defines it. */
export function pow(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  const whole = Math.floor(y) === y;
  if (whole && Math.abs(y) <= 64) return y < 0 ? 1 / power(x, -y) : power(x, y);
  if (Math.floor(2 * y) === 2 * y && y > 0 && y < 64) return power(x, y - 0.5) * Math.sqrt(x);
  const size = exp(y * log(Math.abs(x)));
  return !(x < 0) ? size : !whole ? Number.NaN : y % 2 ? -size : size;
}

/** To the nearest whole number, halves to the even one. */
export function round(x: number): number {
  const near = Math.round(x);
  return near - x === 0.5 && near % 2 ? near - 1 : near;
}
