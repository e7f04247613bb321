import type { SignalPath } from '../context/context.ts';

/** Where a feature finds its words: a signal, the item itself, or one of its attributes. Tags and list attributes have
 * several. */
export type TextPath = SignalPath | 'item:id' | 'item:group' | 'item:tags' | `attribute:${string}`;

/** Where a feature finds its number. */
export type NumberPath =
  | SignalPath
  /** A number, or the one that a text begins with. `inkling pack` writes `attribute:popularity`. */
  | `attribute:${string}`
  | 'item:price'
  /** Place in the authored list, from 0. */
  | 'list:position'
  /** Place among those of the list that the visitor has not touched, from 0; missing for one that was. */
  | 'list:untouched'
  /** Days since the item's `publishedAt`. */
  | 'age:days'
  /** Of the visitor's affinities to the item's tags, each from -1 to 1. */
  | 'affinity:mean'
  | 'affinity:max'
  /** The visitor's affinity to one tag, from -1 to 1. */
  | `taste:${string}`
  /** What the visitor did to the item. */
  | 'recent:views'
  | 'recent:clicks'
  /** Seconds spent on it, how often it was put into the cart, and bought; known only where it was. */
  | 'recent:dwell'
  | 'recent:carts'
  | 'recent:purchases'
  /** Since the visitor touched the item. */
  | 'last:minutes'
  /** Place among the items touched, from 0 for the last one. */
  | 'last:rank'
  /** 1 for the item touched last, 0 for others. */
  | 'last:same'
  /** 1 for an item that went into the cart, or was looked at for half a minute, and was not bought; 0 for others that
   * were touched. */
  | 'last:abandoned'
  /** Steps from the item touched last, in the authored list: 1 for the next one, -1 for the one before. */
  | 'last:offset'
  /** Items between it and the one touched last, where it stands after (before) that. */
  | 'last:after'
  | 'last:before'
  /** ln(price / price of the item touched last), where that is in the list and both are above 0. */
  | 'last:price'
  /** How near the item is to those touched: the score of a walk over the pack's neighbours (docs/candidates.md). */
  | 'last:neighbours'
  /** Share of the list that is among the recent items. */
  | 'history:overlap'
  /** Views and clicks of all recent items. */
  | 'history:actions'
  /** Since the visitor last touched any item. */
  | 'history:minutes';

/** A step from number to number. A missing number stays missing. */
export type TransformSpec =
  /** ln(1 + x), with 0 for a negative x. */
  | { readonly type: 'log1p' }
  /** 1 / (1 + x), with 0 for a negative x. */
  | { readonly type: 'reciprocal' }
  /** Rank in the list from 0, the lowest, to 1; equal numbers have the lowest of their ranks. */
  | { readonly type: 'share' }
  /** ln(x / median of the list), the upper one of two; missing where either is not above 0. */
  | { readonly type: 'log-ratio' }
  | { readonly type: 'clip'; readonly min?: number; readonly max?: number }
  /** (x - mean) / std. */
  | { readonly type: 'standardize'; readonly mean: number; readonly std: number };
