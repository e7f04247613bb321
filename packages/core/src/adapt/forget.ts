import { absorb } from './absorb.ts';
import type { AdaptSpec } from './adapt-spec.ts';
import type { Belief } from './belief.ts';

/** Lets a belief fade towards the prior, in place: the density becomes belief^λ · prior^(1-λ), normalized (stabilized
 * forgetting; Kulhavý and Zarrop, "On a general concept of forgetting", Int. J. Control 58(4), 1993). For normal
 * densities precisions mix as λ Σ⁻¹ + (1-λ) / σ² I, so the belief is never vaguer than the prior, and what no reward
 * touches goes back to it. Computed as Σ/λ and one observation of 0 a weight, with precision (1-λ) / σ². */
export function forget(belief: Belief, { forgetting, priorDeviation }: AdaptSpec): void {
  if (forgetting === 1) return;
  const { mean, factor } = belief;
  const widen = 1 / Math.sqrt(forgetting);
  for (let i = 0; i < factor.length; i++) factor[i] = (factor[i] as number) * widen;
  const precision = (1 - forgetting) / (priorDeviation * priorDeviation);
  const axis = new Float64Array(mean.length);
  for (let i = 0; i < mean.length; i++) {
    axis[i] = 1;
    absorb(belief, axis, (center, variance) => ({
      shift: (-precision * center) / (1 + precision * variance),
      precision,
    }));
    axis[i] = 0;
  }
}
