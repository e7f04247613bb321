import type { AdaptSpec } from './adapt-spec.ts';

/** What a device has learnt for itself, as plain numbers: a normal distribution over the weights. Empty before the first
 * reward and after a reset. At most 32 means and 528 entries of the factor, 7 digits each. */
export interface Posterior {
  readonly names?: readonly string[];
  readonly mean?: readonly number[];
  /** Lower triangle of the Cholesky factor of the covariance, row by row. Its product with its transpose is symmetric
   * and positive definite, whatever its entries were rounded to. */
  readonly factor?: readonly number[];
  /** How many slates it was learnt from. */
  readonly rewards?: number;
}

/** The mean weights, one for each column of the spec; undefined where nothing has been learnt for these columns. */
export function learntWeights(
  posterior: Posterior | undefined,
  spec: AdaptSpec,
): readonly number[] | undefined {
  // It comes from the visitor's device: it may be of an older pack, or damaged.
  const mean: unknown = posterior?.mean;
  return Array.isArray(mean) &&
    mean.length === spec.columns.length &&
    mean.every(Number.isFinite) &&
    JSON.stringify(posterior?.names) === JSON.stringify(spec.names)
    ? mean
    : undefined;
}
