import type { Estimate } from '../evaluate/bootstrap.ts';

/** The place of each round's visitor among all visitors. */
export interface Clusters {
  /** One for each round. */
  readonly of: Int32Array;
  readonly count: number;
}

/** Normal quantiles of two-sided intervals. */
const QUANTILES = { '95%': 1.959964, '99.9%': 3.290527 } as const;

/** Standard error of a mean from what each round adds to it, summed over visitors first, because rounds of one visitor
 * are not independent (Cameron and Miller, Journal of Human Resources 50, 2015).
 * @param influence of each round: its term less the mean, or what the delta method gives */
export function clusteredError(influence: Float64Array, clusters: Clusters): number {
  return momentsOf(influence, clusters).error;
}

/** An interval from the influence of each round. Where rewards are rare or weights long-tailed the mean is skewed, and
 * a symmetric interval misses above; so the interval is that of Hall's monotone cubic transformation of the studentised
 * mean, by the sample's own skewness (Hall, Journal of the Royal Statistical Society B 54, 1992). Without
 * skewness it is the normal interval. */
export function clusteredInterval(
  value: number,
  influence: Float64Array,
  clusters: Clusters,
  level: keyof typeof QUANTILES = '95%',
): Estimate {
  const z = QUANTILES[level];
  const { error, skewness } = momentsOf(influence, clusters);
  const quantile = (normal: number) => {
    if (Math.abs(skewness) < 1e-8) return normal;
    return (3 / skewness) * (Math.cbrt(1 + skewness * (normal - skewness / 6)) - 1);
  };
  return { value, low: value - error * quantile(z), high: value - error * quantile(-z) };
}

/** Standard error of the mean, and the skewness of its distribution. */
function momentsOf(influence: Float64Array, { of, count }: Clusters): { error: number; skewness: number } {
  const sums = new Float64Array(count);
  influence.forEach((value, round) => {
    const cluster = of[round] as number;
    sums[cluster] = (sums[cluster] as number) + value;
  });
  let square = 0;
  let cube = 0;
  for (const sum of sums) {
    square += sum ** 2;
    cube += sum ** 3;
  }
  return {
    error: Math.sqrt((square * count) / (count - 1)) / influence.length,
    skewness: square > 0 ? cube / square ** 1.5 : 0,
  };
}
