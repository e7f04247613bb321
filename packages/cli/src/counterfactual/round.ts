/** One choice of a log: what was shown and how probably, what followed, and what the target policy would have done. */
export interface Round {
  /** Rounds of one visitor are not independent. */
  readonly visitor: string;
  readonly reward: number;
  /** Probability with which the log's policy chose this: above 0, at most 1. */
  readonly logged: number;
  /** Probability with which the target policy would have chosen it: 0 to 1. */
  readonly target: number;
  /** What the reward model reads of the choice. f64[width], the same width in every round. */
  readonly features: Float64Array;
  /** The same in expectation over the target policy's choices. f64[width] */
  readonly expected: Float64Array;
  /** Share of the target policy's choices that the log never shows at all. */
  readonly unsupported: number;
  /** Share of the target policy's choices that change what the log's policy showed with certainty. */
  readonly unexplored: number;
}
