import type { Item } from '../../item.ts';

/** What the rules of a slot say together. */
export interface Terms {
  /** What every item of the slate passes. */
  readonly filters: ((item: Item) => boolean)[];
  readonly pins: { readonly item: string; readonly position: number }[];
  readonly quotas: Quota[];
  /** What comes after all else. */
  readonly buried: ((item: Item) => boolean)[];
  /** What is added to the score of an item. */
  readonly boosts: ((item: Item, score: number) => number)[];
}

/** How many of some items a slate must and may hold. */
export interface Quota {
  readonly of: (item: Item) => boolean;
  readonly min: number;
  readonly max: number;
}
