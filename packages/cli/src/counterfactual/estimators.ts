import type { Estimate } from '../evaluate/bootstrap.ts';
import { type Clusters, clusteredError, clusteredInterval } from './clustered-interval.ts';
import { modelRewards, type RewardModel } from './reward-model.ts';
import type { Round } from './round.ts';
import { type RoundTable, tableOf, weightsOf } from './round-table.ts';
import { clippedAt, optimistic, type Shrinkage, switchedAt, thresholdsOf } from './shrinkage.ts';

/** What each estimator says the target policy's mean reward is. Sources are in docs/counterfactual.md. */
export type EstimatorName = 'ips' | 'snips' | 'dm' | 'dr' | 'switch-dr' | 'dros';

export type PolicyValue = Readonly<Record<EstimatorName, Estimate>>;

export interface ValueOptions {
  /** Weights above are taken down to it, in IPS, SNIPS and DR: less variance, at the price of a bias. @default Infinity */
  readonly clip?: number;
  /** Above it switch-DR leaves the word to the reward model; DRos lets no weight count for more than half of it.
   * @default for each, the one of least estimated error */
  readonly threshold?: number;
}

/** The mean reward a round that the target policy would have had, by each estimator, with 95% intervals clustered by
 * visitor. Says nothing about whether the log can carry the question: that is `refusalsOf`. */
export function estimateValue(
  rounds: readonly Round[] | RoundTable,
  { clip = Infinity, threshold }: ValueOptions = {},
): PolicyValue {
  const table = tableOf(rounds);
  const { clusters, rewards } = table;
  const weights = weightsOf(table);
  const clipped = weights.map(clippedAt(clip));
  const robust = doublyRobust(rewards, modelRewards(table), clusters);
  const shrunk = (family: (threshold: number) => Shrinkage) =>
    threshold === undefined
      ? robust.leastError(weights, family)
      : robust.mean(weights.map(family(threshold)));
  const estimate = ({ value, influence }: Mean) => clusteredInterval(value, influence, clusters);
  return {
    ips: estimate(meanOf(clipped.map((weight, i) => weight * (rewards[i] as number)))),
    snips: estimate(selfNormalized(clipped, rewards)),
    dm: estimate(robust.mean(weights.map(() => 0))),
    dr: estimate(robust.mean(clipped)),
    'switch-dr': estimate(shrunk(switchedAt)),
    dros: estimate(shrunk(optimistic)),
  };
}

/** A mean, and how far each round moves it. */
interface Mean {
  readonly value: number;
  readonly influence: Float64Array;
}

function meanOf(terms: Float64Array): Mean {
  const value = terms.reduce((a, b) => a + b, 0) / terms.length;
  return { value, influence: terms.map((term) => term - value) };
}

/** A ratio of two means; its influence is that of the delta method. */
function selfNormalized(weights: Float64Array, rewards: Float64Array): Mean {
  const whole = meanOf(weights).value;
  const value = meanOf(weights.map((weight, i) => weight * (rewards[i] as number))).value / whole;
  return {
    value,
    influence: weights.map((weight, i) => (weight * ((rewards[i] as number) - value)) / whole),
  };
}

/** The reward model's word, corrected by the weighted residuals of the log. With weights of 0 it is the direct method;
 * with weights that are shrunk, a thing between. The influence of a round counts what the model itself owes to it, which
 * vanishes only where nothing is shrunk. */
function doublyRobust(rewards: Float64Array, model: RewardModel, clusters: Clusters) {
  const residuals = rewards.map((reward, i) => reward - (model.logged[i] as number));
  const mean = (weights: Float64Array): Mean => {
    const weighted = (of: Float64Array) => of.map((weight, i) => weight * (residuals[i] as number));
    const correction = weighted(weights);
    const { value, influence } = meanOf(model.expected.map((term, i) => term + (correction[i] as number)));
    const owed = weighted(model.leverage(weights));
    return { value, influence: influence.map((own, i) => own + (owed[i] as number)) };
  };
  /** By the shrinkage of least estimated squared error: the variance, and the square of an upper bound on the bias, which
   * is what the shrinking took from the correction plus its standard error (Su et al. 2020, section 5). Not to shrink at
   * all is among the choices. */
  const leastError = (weights: Float64Array, family: (threshold: number) => Shrinkage): Mean => {
    let best = mean(weights);
    let least = clusteredError(best.influence, clusters) ** 2;
    for (const threshold of thresholdsOf(weights)) {
      const shrunk = weights.map(family(threshold));
      const taken = meanOf(
        residuals.map((residual, i) => ((weights[i] as number) - (shrunk[i] as number)) * residual),
      );
      const bias = Math.abs(taken.value) + clusteredError(taken.influence, clusters);
      const candidate = mean(shrunk);
      const error = clusteredError(candidate.influence, clusters) ** 2 + bias ** 2;
      if (error < least) [best, least] = [candidate, error];
    }
    return best;
  };
  return { mean, leastError };
}
