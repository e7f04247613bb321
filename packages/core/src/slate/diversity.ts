import type { Item } from '../item.ts';
import type { SlateRequest } from './slate-request.ts';

/** The values of the open items, after those already placed. */
export type Valuation = (open: readonly number[], chosen: readonly number[]) => Float64Array;

/** Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998, equation 1): λ times the score, less 1-λ times the
 * likeness to the placed item that is most like it. Likeness is measured by the spread of the scores, so that one λ
 * means the same for every model. Without diversity the value is the score. */
export function relevance({ slot, items, scores }: SlateRequest, candidates: readonly number[]): Valuation {
  const { lambda } = slot.diversity ?? { lambda: 1 };
  const value = new Float64Array(scores).map((score) => lambda * score);
  const spread = spreadOf(scores, candidates);
  const closeness = new Float64Array(items.length);
  let compared = 0;
  return (open, chosen) => {
    for (; lambda < 1 && compared < chosen.length; compared++) {
      const placed = items[chosen[compared] as number] as Item;
      for (const index of open) {
        const near = similarity(placed, items[index] as Item);
        if (near <= (closeness[index] as number)) continue;
        closeness[index] = near;
        value[index] = lambda * (scores[index] as number) - (1 - lambda) * spread * near;
      }
    }
    return value;
  };
}

/** The highest score less the lowest, or 1. */
export function spreadOf(scores: ArrayLike<number>, open: readonly number[]): number {
  let low = Infinity;
  let high = -Infinity;
  for (const index of open) {
    low = Math.min(low, scores[index] as number);
    high = Math.max(high, scores[index] as number);
  }
  return high - low || 1;
}

/** Jaccard similarity of the tags. */
function similarity({ tags: a = [] }: Item, { tags: b = [] }: Item): number {
  let shared = 0;
  for (const tag of a) if (b.includes(tag)) shared++;
  return shared / (a.length + b.length - shared || 1);
}
