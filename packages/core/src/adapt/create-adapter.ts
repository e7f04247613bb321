import { gaussians } from '../gaussian.ts';
import { prng } from '../prng.ts';
import { adaptScores } from './adapt-scores.ts';
import type { AdaptSpec, ModelOutput } from './adapt-spec.ts';
import type { Adapter } from './adapter.ts';
import { type Belief, readBelief } from './belief.ts';
import { learntWeights } from './posterior.ts';

/** Makes the adapter of a pack.
 * @param output what the ranker's score means */
export function createAdapter(spec: AdaptSpec, output: ModelOutput): Adapter {
  return {
    spec,
    output,
    adapt(posterior, rows) {
      const weights = learntWeights(posterior, spec);
      return weights ? adaptScores(rows, spec.columns, weights, output) : rows.ranked;
    },
    forPolicies(posterior, rows) {
      let belief: Belief | undefined;
      return {
        sampleScores(seed, sample, spread = 1) {
          belief ??= readBelief(posterior, spec);
          const { mean, factor } = belief;
          // mean + L z has the covariance L Lᵀ when z is standard normal.
          const normal = gaussians(prng(seed, `posterior ${sample}`));
          const z = Float64Array.from(mean, () => spread * normal());
          const weights = Float64Array.from(mean);
          let at = 0;
          for (let i = 0; i < mean.length; i++) {
            for (let j = 0; j <= i; j++) {
              weights[i] = (weights[i] as number) + (factor[at++] as number) * (z[j] as number);
            }
          }
          return adaptScores(rows, spec.columns, weights, output);
        },
      };
    },
  };
}
