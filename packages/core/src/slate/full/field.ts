/** The items that may stand at a position, at least one. */
export interface Field {
  readonly feasible: readonly number[];
  /** Of every feasible item: its score, adjusted for the items already placed. */
  readonly value: Float64Array;
  /** The best so many, best first. */
  readonly best: (count: number) => number[];
}
