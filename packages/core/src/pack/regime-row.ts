import type { Regime } from '../purpose.ts';

/** A rule for some regions, and where it is from. Not legal advice: a site's counsel may put other rows in its place. */
export interface RegimeRow {
  /** ISO 3166 codes of countries, or of countries and their subdivisions, separated by spaces, e.g. `US-CA US-CO`. */
  readonly regions: string;
  readonly regime: Regime;
  /** For how many days nobody who refused is asked again. */
  readonly refusalDays: number;
  readonly source: string;
  /** Day of the source, or from which it applies, as `YYYY-MM-DD`. */
  readonly date: string;
}
