import type { Belief } from './belief.ts';

/** What one observation says of its mean: how far to move it, in units of its variance, and the precision it adds. */
export interface Evidence {
  readonly shift: number;
  readonly precision: number;
}

/** Updates a belief, in place, by one observation of x·w. The covariance Σ loses Σx(Σx)ᵀ · p / (1 + p xᵀΣx) (Sherman and
 * Morrison 1950), computed on its triangular factor (Carlson, "Fast triangular formulation of the square root filter",
 * AIAA Journal 11(9), 1973), which stays the factor of a positive definite matrix under any rounding.
 * @param observe given mean and variance of x·w before the observation */
export function absorb(
  { mean, factor }: Belief,
  x: ArrayLike<number>,
  observe: (mean: number, variance: number) => Evidence,
): void {
  const d = mean.length;
  // f = Lᵀx, so that the variance is f·f.
  const f = new Float64Array(d);
  let at = 0;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) f[j] = (f[j] as number) + (factor[at++] as number) * (x[i] as number);
  }
  let center = 0;
  let variance = 0;
  for (let i = 0; i < d; i++) {
    center += (x[i] as number) * (mean[i] as number);
    variance += (f[i] as number) * (f[i] as number);
  }
  const { shift, precision } = observe(center, variance);

  // Column by column from the last one: L becomes L M, where M is the lower factor of I - p f fᵀ / (1 + p f·f).
  const gain = new Float64Array(d);
  let before = 1;
  for (let j = d - 1; j >= 0; j--) {
    const fj = f[j] as number;
    const after = before + precision * fj * fj;
    const keep = Math.sqrt(before / after);
    const lose = (precision * fj) / Math.sqrt(before * after);
    for (let i = j; i < d; i++) {
      const index = (i * (i + 1)) / 2 + j;
      const old = factor[index] as number;
      factor[index] = old * keep - (gain[i] as number) * lose;
      gain[i] = (gain[i] as number) + old * fj;
    }
    before = after;
  }
  // By now the gain is Σx.
  for (let i = 0; i < d; i++) mean[i] = (mean[i] as number) + shift * (gain[i] as number);
}
