import type { Parameters } from 'fast-check';
import { TestRunner } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Of each property that the test has tried: how many cases, and the seed that repeats them. */
    properties?: { readonly cases: number; readonly seed: number }[];
  }
}

/** How often each property is tried: over ten thousand cases over all properties in `npm test`, over a million in
 * `npm run test:deep`, which sets `INKLING_DEEP=1` and prints how many they were. */
export const RUNS: number = process.env.INKLING_DEEP ? 25_000 : 400;

const seed = Number(process.env.INKLING_SEED ?? Number.NaN);

/** For `fc.assert`, which prints the seed of a failure; `INKLING_SEED` repeats it. */
export function propertyRuns<Values>(share = 1): Parameters<Values> {
  return {
    numRuns: Math.ceil(RUNS * share),
    ...(Number.isNaN(seed) ? {} : { seed }),
    plugins: [
      () => ({
        onAllRunsComplete({ numRuns, seed }) {
          const meta = TestRunner.getCurrentTest()?.meta;
          if (meta) meta.properties = [...(meta.properties ?? []), { cases: numRuns, seed }];
        },
      }),
    ],
  };
}
