import { prng } from '@inkling/core';
import { type ResampleOptions, sumByVisitor } from './bootstrap.ts';
import { columnOf } from './visitor-sums.ts';

/** Two-sided p-value of a mean paired difference by a randomization test (Fisher 1935; for rankings: Smucker, Allan and
 * Carterette, CIKM 2007): were both rankers alike, a visitor's differences could as well have the other sign. Whole
 * visitors are flipped, as their lists are not independent. At least 1 / (rounds + 1).
 * @param differences one for each list
 * @param visitors the visitor of each list */
export function signFlip(
  differences: readonly number[],
  visitors: readonly string[],
  options: ResampleOptions = {},
): number {
  return signFlipSums(columnOf(sumByVisitor([differences], visitors), 0), options);
}

/** The same of the sums of each visitor's differences. */
export function signFlipSums(
  sums: Float64Array,
  { rounds = 1000, seed = 'sign-flip' }: ResampleOptions = {},
): number {
  const random = prng(seed, 'signs');
  const observed = Math.abs(sums.reduce((a, b) => a + b, 0));
  // Sums of the same numbers in another order differ in their last bits.
  const reached = observed * (1 - 1e-12);
  let asLarge = 1;
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (const difference of sums) sum += random() & 0x10000 ? difference : -difference;
    if (Math.abs(sum) >= reached) asLarge++;
  }
  return asLarge / (rounds + 1);
}
