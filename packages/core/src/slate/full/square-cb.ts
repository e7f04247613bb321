import type { Distribution } from '../fill-places.ts';
import { WHOLE } from '../whole.ts';

/** Inverse gap weighting (Abe and Long 1999; SquareCB: Foster and Rakhlin, ICML 2020, algorithm 1): of K arms each but
 * the best has the probability 1 / (K + γ · gap to the best), and the best has the rest.
 * @param arms the best first
 * @param value expected rewards */
export function squareCb(arms: readonly number[], value: Float64Array, gamma: number): Distribution {
  const best = value[arms[0] as number] as number;
  const weights = arms.map(
    (index) => Math.floor(WHOLE / (arms.length + gamma * (best - (value[index] as number)))) || 0,
  );
  weights[0] = WHOLE - weights.slice(1).reduce((sum, weight) => sum + weight, 0);
  return { arms, weights };
}
