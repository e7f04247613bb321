import { bucketOf } from './bucket.ts';
import type { ExperimentSpec, HoldoutSpec, VariationSpec } from './experiment-spec.ts';

/** Why a unit is in an experiment, or is not. */
export type AssignmentReason = 'assigned' | 'holdout' | 'layer' | 'coverage';

export interface Assignment {
  readonly experiment: string;
  readonly reason: AssignmentReason;
  /** Given where the reason is `assigned`. */
  readonly variation?: VariationSpec;
}

/** Assigns a unit to one experiment: not where a holdout that contains it has the unit, nor outside its part of its layer,
 * nor beyond its coverage. Each of the three is drawn by a seed of its own, so that a holdout is the same for all its
 * experiments, and a layer for all of its. A variation's range begins at the sum of the weights before it and is its
 * weight times the coverage long: raising the coverage moves nobody from one variation to another (GrowthBook's
 * getBucketRanges). The same unit always gets the same answer. */
export function assign(
  experiment: ExperimentSpec,
  unit: string,
  holdouts: readonly HoldoutSpec[] = [],
): Assignment {
  const { id, salt = id, variations, coverage = 1, layer } = experiment;
  const without = (reason: AssignmentReason): Assignment => ({ experiment: id, reason });
  const holdout = holdouts.find((candidate) => candidate.id === experiment.holdout);
  if (holdout && bucketOf(`holdout:${holdout.salt ?? holdout.id}:`, unit) < holdout.share) {
    return without('holdout');
  }
  if (layer) {
    const place = bucketOf(`layer:${layer.id}:`, unit);
    if (place < layer.from || place >= layer.to) return without('layer');
  }
  const bucket = bucketOf(salt, unit);
  let start = 0;
  for (const variation of variations) {
    if (bucket >= start && bucket < start + coverage * variation.weight) {
      return { experiment: id, reason: 'assigned', variation };
    }
    start += variation.weight;
  }
  return without('coverage');
}
