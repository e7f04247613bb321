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
  return signFlipSums([columnOf(sumByVisitor([differences], visitors), 0)], options)[0] as number;
}

/** The same of the sums of each visitor's differences, of several columns at once under the same signs. */
export function signFlipSums(
  columns: readonly Float64Array[],
  { rounds = 1000, seed = 'sign-flip' }: ResampleOptions = {},
): readonly number[] {
  const random = prng(seed, 'signs');
  const observed = columns.map((sums) => Math.abs(sums.reduce((a, b) => a + b, 0)));
  const asLarge = columns.map(() => 1);
  const signs = new Int8Array(columns[0]?.length ?? 0);
  for (let round = 0; round < rounds; round++) {
    for (let visitor = 0; visitor < signs.length; visitor++) signs[visitor] = random() & 0x10000 ? 1 : -1;
    columns.forEach((sums, column) => {
      let sum = 0;
      for (let visitor = 0; visitor < sums.length; visitor++) {
        sum += (signs[visitor] as number) * (sums[visitor] as number);
      }
      // Sums of the same numbers in another order differ in their last bits.
      if (Math.abs(sum) >= (observed[column] as number) * (1 - 1e-12))
        asLarge[column] = (asLarge[column] as number) + 1;
    });
  }
  return asLarge.map((count) => count / (rounds + 1));
}
