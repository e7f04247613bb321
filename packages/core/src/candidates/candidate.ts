import type { Item } from '../item.ts';

/** What named an item first: the page's author, the slot's cadence, items bought or viewed by the same visitors as this visitor's recent
 * ones, their tastes, what is popular, what is new, or chance. */
export type CandidateSource =
  | 'authored'
  | 'stay'
  | 'bought'
  | 'viewed'
  | 'affinity'
  | 'popular'
  | 'fresh'
  | 'explore';

/** An item considered for a slot. */
export interface Candidate {
  readonly item: Item;
  /** Kept for the explanation. */
  readonly source: CandidateSource;
}
