import { prng } from '@inkling/core';

export interface Estimate {
  readonly value: number;
  /** Ends of the 95% interval. */
  readonly low: number;
  readonly high: number;
}

/** Mean of a value per list with a percentile interval from resampling whole visitors, because lists of one visitor
 * are not independent (Efron and Tibshirani 1993; cluster bootstrap: Field and Welsh 2007). Seeded.
 * @param visitors the visitor of each value */
export function bootstrapMean(
  values: readonly number[],
  visitors: readonly string[],
  { rounds = 1000, seed = 'bootstrap' }: { readonly rounds?: number; readonly seed?: string } = {},
): Estimate {
  const clusters = new Map<string, { sum: number; count: number }>();
  values.forEach((value, index) => {
    const visitor = visitors[index] as string;
    const cluster = clusters.get(visitor) ?? { sum: 0, count: 0 };
    clusters.set(visitor, { sum: cluster.sum + value, count: cluster.count + 1 });
  });
  const groups = [...clusters.values()];
  if (groups.length === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const random = prng(seed, 'visitors');
  const means = Float64Array.from({ length: rounds }, () => {
    let sum = 0;
    let count = 0;
    for (let draw = 0; draw < groups.length; draw++) {
      const group = groups[random() % groups.length] as { sum: number; count: number };
      sum += group.sum;
      count += group.count;
    }
    return sum / count;
  }).sort();
  return {
    value: values.reduce((a, b) => a + b, 0) / values.length,
    low: means[Math.floor(0.025 * rounds)] as number,
    high: means[Math.ceil(0.975 * rounds) - 1] as number,
  };
}
