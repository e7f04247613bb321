/** Cases of all property tests of the decision core together. */
export const RUNS: number = process.env.INKLING_DEEP ? 1_000_000 : 10_000;

/** What fast-check is told for one property. A failure prints its seed, which INKLING_SEED gives again.
 * @param share of all cases, 0 to 1 */
export function runs(share: number): { readonly numRuns: number; readonly seed?: number } {
  const { INKLING_SEED: seed } = process.env;
  return { numRuns: Math.ceil(RUNS * share), ...(seed && { seed: Number(seed) }) };
}

/** Milliseconds that one property may take. */
export const TIMEOUT: number = process.env.INKLING_DEEP ? 3_600_000 : 30_000;
