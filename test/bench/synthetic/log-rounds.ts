import type { Round } from '@inkling/cli';
import { prng } from '@inkling/core';
import { uniformFrom } from '../regret/random.ts';
import { type LogisticWorld, softmaxPolicy } from './logistic-world.ts';

export interface Policies {
  /** Of the policy that writes the log. */
  readonly logging: number;
  /** Of the policy to be valued. */
  readonly target: number;
}

/** A log of one world, for a reward model that knows the action alone, or each action's context too.
 * @param policies inverse temperatures */
export function logRounds(
  world: LogisticWorld,
  policies: Policies,
  {
    seed,
    rounds,
    knowsContext,
  }: { readonly seed: string; readonly rounds: number; readonly knowsContext: boolean },
): readonly Round[] {
  const random = prng(seed, 'log');
  const width = knowsContext ? 1 + world.dimensions : 1;
  return Array.from({ length: rounds }, (_, i): Round => {
    const context = world.draw(random);
    const rewards = world.rewards(context);
    const logging = softmaxPolicy(rewards, policies.logging);
    const target = softmaxPolicy(rewards, policies.target);
    const action = drawFrom(logging, uniformFrom(random));
    const features = new Float64Array(world.actions * width);
    const expected = new Float64Array(world.actions * width);
    for (let column = 0; column < width; column++) {
      const value = column === 0 ? 1 : (context[column - 1] as number);
      features[action * width + column] = value;
      target.forEach((share, other) => {
        expected[other * width + column] = share * value;
      });
    }
    return {
      visitor: String(i),
      reward: Number(uniformFrom(random) < (rewards[action] as number)),
      logged: logging[action] as number,
      target: target[action] as number,
      features,
      expected,
      unsupported: 0,
      unexplored: 0,
    };
  });
}

/** The mean reward of a policy, over so many contexts and their opposites that its own error does not count. */
export function trueValue(world: LogisticWorld, beta: number, pairs = 500_000): number {
  const random = prng('truth', 'contexts');
  let sum = 0;
  const add = (context: Float64Array) => {
    const rewards = world.rewards(context);
    softmaxPolicy(rewards, beta).forEach((share, action) => {
      sum += share * (rewards[action] as number);
    });
  };
  for (let pair = 0; pair < pairs; pair++) {
    const context = world.draw(random);
    add(context);
    add(context.map((value) => -value));
  }
  return sum / (2 * pairs);
}

function drawFrom(shares: Float64Array, coin: number): number {
  let action = 0;
  for (let rest = coin; action < shares.length - 1 && rest >= (shares[action] as number); action++) {
    rest -= shares[action] as number;
  }
  return action;
}
