/** What a weight counts for. */
export type Shrinkage = (weight: number) => number;

/** Truncation (Ionides, Journal of Computational and Graphical Statistics 17, 2008). */
export function clippedAt(threshold: number): Shrinkage {
  return (weight) => Math.min(weight, threshold);
}

/** Above the threshold the reward model alone speaks (Wang, Agarwal and Dudík, ICML 2017, equation 5). */
export function switchedAt(threshold: number): Shrinkage {
  return (weight) => (weight <= threshold ? weight : 0);
}

/** λw / (w² + λ) with λ = threshold²: small weights stay, none counts for more than half the threshold (Su et al.,
 * ICML 2020, equation 6). */
export function optimistic(threshold: number): Shrinkage {
  return (weight) => (threshold ** 2 * weight) / (weight ** 2 + threshold ** 2);
}

const QUANTILES = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1];

/** The thresholds to try: quantiles of the weights above 0. */
export function thresholdsOf(weights: Float64Array): readonly number[] {
  const sorted = weights.filter((weight) => weight > 0).sort();
  return QUANTILES.flatMap((quantile) => sorted[Math.ceil(quantile * sorted.length) - 1] ?? []);
}
