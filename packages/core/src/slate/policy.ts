import type { Distribution } from './fill-places.ts';
import { WHOLE } from './whole.ts';

/** Every explored item has the share ε/|E|, and the best also 1-ε (Sutton and Barto, 2nd ed., 2.2; the probability of an
 * arm is summed over both coins, so exploring into the best arm counts as the best arm).
 * @param arms the explored set, the best first */
export function epsilonGreedy(arms: readonly number[], epsilon: number): Distribution {
  const share = shareOf(epsilon, arms.length);
  return { arms, weights: arms.map((_, arm) => (arm > 0 ? share : WHOLE - share * (arms.length - 1))) };
}

/** The share of each of `count` arms in ε, as an integer. */
export function shareOf(epsilon: number, count: number): number {
  return Math.floor((Math.max(0, Math.min(epsilon, 1)) * WHOLE) / count);
}
