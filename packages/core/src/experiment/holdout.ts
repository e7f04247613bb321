import { prng } from '../prng.ts';
import type { Arm } from '../slate/slate.ts';
import { WHOLE } from '../slate/whole.ts';

/** Draws the arm: the given share of visitors gets the baseline. @param share 0 to 1 */
export function drawArm(seed: string, share: number): Arm {
  return (prng(seed, 'arm')() >>> 8) / WHOLE < share ? 'holdout' : 'personalized';
}
