import { type Prng, prng } from '@inkling/core';
import { gaussianFrom, uniformFrom } from '../regret/random.ts';

/** A world after the description of Open Bandit Pipeline's synthetic data (Saito et al., NeurIPS 2021, section 5; its
 * `logistic_reward_function` and softmax policies): contexts of independent standard normals, rewards of 0 or 1 whose
 * logit is linear in context, in action, and in both together, coefficients uniform from -1 to 1. */
export interface LogisticWorld {
  readonly actions: number;
  readonly dimensions: number;
  draw(random: Prng): Float64Array;
  /** The probability of a reward, for each action. */
  rewards(context: Float64Array): Float64Array;
}

export function logisticWorld(seed: string, actions: number, dimensions: number): LogisticWorld {
  const random = prng(seed, 'world');
  const coefficients = (count: number) =>
    Float64Array.from({ length: count }, () => 2 * uniformFrom(random) - 1);
  const ofContext = coefficients(dimensions);
  const ofAction = coefficients(actions);
  const together = coefficients(actions * dimensions);
  return {
    actions,
    dimensions,
    draw: (stream) => {
      const gaussian = gaussianFrom(stream);
      return Float64Array.from({ length: dimensions }, gaussian);
    },
    rewards: (context) =>
      ofAction.map((own, action) => {
        let logit = own;
        for (let j = 0; j < dimensions; j++) {
          logit +=
            (context[j] as number) *
            ((ofContext[j] as number) + (together[action * dimensions + j] as number));
        }
        return 1 / (1 + Math.exp(-logit));
      }),
  };
}

/** Probabilities proportional to exp(beta · reward): above 0 the policy prefers what is good, below 0 what is bad. */
export function softmaxPolicy(rewards: Float64Array, beta: number): Float64Array {
  const weights = rewards.map((reward) => Math.exp(beta * reward));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
