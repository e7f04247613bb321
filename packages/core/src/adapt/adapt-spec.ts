/** What the ranker's score means, as the model's metadata `inkling.output` says: a probability of reward, its logit, or
 * a number of which only the order and the differences mean something. */
export type ModelOutput = 'probability' | 'logit' | 'utility';

/** The small model that learns on the device: one weight a column, added to the ranker's logit. It is data, shipped in
 * the pack. */
export interface AdaptSpec {
  /** Columns of the encoder, at most 32. */
  readonly columns: readonly number[];
  /** One for each column. What was learnt belongs to this list of names; a pack with another list starts anew. */
  readonly names: readonly string[];
  /** Standard deviation of a weight before any reward, above 0, as a logit. */
  readonly priorDeviation: number;
  /** What a reward leaves of the weight of those before it, above 0 and at most 1; 1 forgets nothing. */
  readonly forgetting: number;
}
