import type { Parameters } from 'fast-check';

/** How often each property is tried: about ten thousand cases over all properties in `npm test`, a million with
 * `INKLING_DEEP=1`. */
export const RUNS: number = process.env.INKLING_DEEP ? 40_000 : 400;

const seed = Number(process.env.INKLING_SEED ?? Number.NaN);

/** For `fc.assert`, which prints the seed of a failure; `INKLING_SEED` repeats it. */
export function propertyRuns<Values>(share = 1): Parameters<Values> {
  return { numRuns: Math.ceil(RUNS * share), ...(Number.isNaN(seed) ? {} : { seed }) };
}
