import type { Encoder, Item, Scorer } from '@inkling/core';

/** One moment of a simulated visitor. */
export interface Moment {
  readonly items: readonly Item[];
  /** The probability that each would please. */
  readonly pleases: readonly number[];
}

/** Where a learner is tried: a ranker that was trained once, and visitors who may be otherwise. */
export interface World {
  readonly name: string;
  readonly encoder: Encoder;
  /** Its scores are probabilities. */
  readonly scorer: Scorer;
  /** What the device learns. */
  readonly columns: readonly number[];
  /** Whether what does not please is said so, as by a bad meal; else it is only passed over, like a shop's item. */
  readonly tellsFailure: boolean;
  /** The moments of one visitor. The same seed gives the same visitor. */
  visitor(seed: string): Iterable<Moment>;
}
