import type { Prng } from '../prng.ts';
import type { PolicySpec } from './slot.ts';

/** Probabilities are integers that sum to this, so that they are exact. */
export const WHOLE = 0x1000000;

export interface Choice {
  /** Index into the scores. */
  readonly index: number;
  /** Exact, marginalised over every coin of the policy. */
  readonly propensity: number;
  readonly explored: boolean;
}

/** Draws one of the candidates. `order` lists their indices best first.
 * `epsilon` gives every one of the best m the share ε/m, and the best also 1-ε (Sutton and Barto, 2nd ed., 2.2; the
 * probability of an arm is summed over both coins, so exploring into the best arm counts as the best arm). */
export function choose(policy: PolicySpec, order: readonly number[], random: Prng): Choice {
  const best = order[0] as number;
  if (policy.type === 'greedy') return { index: best, propensity: 1, explored: false };
  const arms = order.slice(0, Math.min(policy.top ?? 20, 20));
  const share = Math.floor((policy.epsilon * WHOLE) / arms.length);
  const drawn = random() >>> 8;
  // The explored arms lie at the start of the interval, one share each; all the rest of it is the best arm's.
  const arm = Math.floor(drawn / Math.max(share, 1)) + 1;
  const index = share > 0 && arm < arms.length ? (arms[arm] as number) : best;
  const weight = index === best ? WHOLE - share * (arms.length - 1) : share;
  return { index, propensity: weight / WHOLE, explored: index !== best };
}
