/** One decision for research, without anything of who saw it. `inkling train` reads it as a row; see docs/collector.md. */
export interface Impression {
  /** Of the pack. */
  readonly version: number;
  readonly slot: string;
  /** As in totals. */
  readonly moment: string;
  /** Begin of the hour in UTC, `2026-11-20T14:00:00Z`. */
  readonly hour: string;
  /** Ids of what could have been shown, the best first. */
  readonly candidates: readonly string[];
  /** Ids of what was shown, the first place first. */
  readonly items: readonly string[];
  /** Of each item of `items`: the probability that it stood there, given those before it. Above 0, at most 1. */
  readonly propensities: readonly number[];
  /** Of each item of `items`: 1 where an act followed. */
  readonly rewards: readonly (0 | 1)[];
}

/** How many candidates, and how many items, an impression may have. */
export const MOST_CANDIDATES = 500;
