import type { AdaptSpec } from './adapt-spec.ts';
import { learntWeights, type Posterior } from './posterior.ts';

/** A normal distribution over d weights, to be worked on: N(mean, L Lᵀ). */
export interface Belief {
  readonly mean: Float64Array;
  /** L, the lower triangle row by row: entry (i, j) at i (i + 1) / 2 + j. Its diagonal is positive. */
  readonly factor: Float64Array;
}

/** What the device believes: the stored posterior if it fits the spec, else the prior N(0, priorDeviation² I). */
export function readBelief(posterior: Posterior | undefined, spec: AdaptSpec): Belief {
  const d = spec.columns.length;
  const mean = learntWeights(posterior, spec);
  const stored: unknown = posterior?.factor;
  if (mean && Array.isArray(stored) && stored.length === (d * (d + 1)) / 2 && stored.every(Number.isFinite)) {
    const factor = Float64Array.from(stored);
    if (mean.every((_, i) => (factor[(i * (i + 3)) / 2] as number) > 0)) {
      return { mean: Float64Array.from(mean), factor };
    }
  }
  const factor = new Float64Array((d * (d + 1)) / 2);
  for (let i = 0; i < d; i++) factor[(i * (i + 3)) / 2] = spec.priorDeviation;
  return { mean: new Float64Array(d), factor };
}

/** The belief as plain numbers of 7 digits, which is what a device keeps. */
export function writePosterior({ mean, factor }: Belief, { names }: AdaptSpec): Posterior {
  return { names, mean: Array.from(mean, rounded), factor: Array.from(factor, rounded) };
}

/** ECMAScript defines toPrecision exactly, so that every engine rounds alike. */
function rounded(x: number): number {
  return Number(x.toPrecision(7));
}
