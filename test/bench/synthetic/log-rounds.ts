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

export interface LoggedChoice {
  readonly context: Float64Array;
  readonly action: number;
  readonly reward: number;
  /** Probability with which the logging policy took the action. */
  readonly logged: number;
  /** Of each action under the policy to be valued. */
  readonly target: Float64Array;
}

/** A log of a world. @param policies inverse temperatures */
export function logChoices(
  world: LogisticWorld,
  policies: Policies,
  seed: string,
  count: number,
): readonly LoggedChoice[] {
  const random = prng(seed, 'log');
  return Array.from({ length: count }, () => {
    const context = world.draw(random);
    const rewards = world.rewards(context);
    const logging = softmaxPolicy(rewards, policies.logging);
    const action = drawFrom(logging, uniformFrom(random));
    return {
      context,
      action,
      reward: Number(uniformFrom(random) < (rewards[action] as number)),
      logged: logging[action] as number,
      target: softmaxPolicy(rewards, policies.target),
    };
  });
}

export interface RoundsOptions {
  /** Whether the reward model knows each action's context, or the action alone. */
  readonly knowsContext: boolean;
  /** Share of the rewards that are kept, 0 to 1: few, as of clicks. */
  readonly kept: number;
}

export function roundsOf(
  log: readonly LoggedChoice[],
  { knowsContext, kept }: RoundsOptions,
  seed: string,
): readonly Round[] {
  const random = prng(seed, 'kept');
  return log.map(({ context, action, reward, logged, target }, i): Round => {
    const values = knowsContext ? [1, ...context] : [1];
    const features = new Float64Array(target.length * values.length);
    const expected = new Float64Array(target.length * values.length);
    values.forEach((value, column) => {
      features[action * values.length + column] = value;
      target.forEach((share, other) => {
        expected[other * values.length + column] = share * value;
      });
    });
    return {
      visitor: String(i),
      reward: uniformFrom(random) < kept ? reward : 0,
      logged,
      target: target[action] as number,
      features,
      expected,
      unsupported: 0,
      unexplored: 0,
    };
  });
}

/** The mean reward of a policy, over so many contexts and their opposites that its own error does not count. */
export function trueValue(world: LogisticWorld, beta: number, pairs = 250_000): number {
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
