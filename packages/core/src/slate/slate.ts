export interface SlateItem {
  readonly id: string;
  /** From 0. */
  readonly position: number;
  /** The ranker's score after adaptation, as the model's output defines it. */
  readonly score: number;
  /** Probability that this item stands here, given context, candidates and the items before it. */
  readonly propensity: number;
  /** `stay`: it stood here before, and the slot's cadence keeps it. */
  readonly via: 'rank' | 'explore' | 'pin' | 'fill' | 'stay';
  /** Ids of the items that could have stood here, the best first: the explored set, where there is one. */
  readonly arms: readonly string[];
  /** In a slot of shelves: the group that the item stands in. */
  readonly shelf?: string;
}

export type Arm = 'personalized' | 'holdout';

/** The ordered items chosen for a slot. */
export interface Slate {
  readonly decisionId: string;
  readonly slot: string;
  readonly source: 'ranker' | 'popularity' | 'authored' | 'edge';
  readonly arm: Arm;
  readonly items: readonly SlateItem[];
  /** Product of the items' conditional propensities; 0 only where that is less than a double holds. */
  readonly propensity: number;
}
