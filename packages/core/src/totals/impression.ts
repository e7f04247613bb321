/** One decision for research, without anything of who saw it. */
export interface Impression {
  /** Of the pack. */
  readonly version: number;
  readonly slot: string;
  /** As in totals. */
  readonly moment: string;
  /** Hour in UTC, `2026-11-20T14`. */
  readonly hour: string;
  /** Ids of what could have been shown. */
  readonly candidates: readonly string[];
  /** What was shown, in order: id, propensity given those before, and 1 where an act followed. */
  readonly items: readonly (readonly [id: string, propensity: number, reward: 0 | 1])[];
}
