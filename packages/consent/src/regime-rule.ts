import type { Regime } from '@inkling/core';

/** What a region's rule means for the question. */
export interface RegimeRule {
  /** `opt-in` and `opt-out` ask, `notice` does not. None grants anything without an act. */
  readonly regime: Regime;
  /** ISO 3166: a country, or a country and its subdivision, as `US-CA`. Absent where it is not known. */
  readonly region?: string;
  /** For how many days nobody who refused is asked again. */
  readonly refusalDays: number;
}
