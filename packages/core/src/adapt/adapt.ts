import type { Item } from '../item.ts';
import { sigmoid } from '../math.ts';
import { PROFILE_LIMITS } from '../profile/profile.ts';
import type { Posterior } from './posterior.ts';

/** Prior precision of a tag's weight: a standard deviation of 0.5 on the scale of a logit. */
const PRIOR_PRECISION = 4;

/** What the device has learnt to add to the ranker's score of this item: the mean of a Bayesian linear model with one
 * weight a tag. 0 until there are rewards. */
export function adaptation(posterior: Posterior, item: Item): number {
  return (item.tags ?? []).reduce((sum, tag) => sum + (posterior[tag]?.[0] ?? 0), 0);
}

export interface Outcome {
  readonly item: Item;
  /** The score it was shown with, as a logit or utility. */
  readonly score: number;
}

/** Learns from one choice: the chosen item was preferred to each item that stood before it and was passed over
 * ("click > skip above", Joachims, KDD 2002). Each pair is one step of Bayesian logistic regression with a diagonal
 * posterior: the mean moves along the gradient divided by the precision, the precision grows by the curvature
 * (Laplace; Chapelle and Li, NeurIPS 2011, algorithm 3). */
export function adapt(posterior: Posterior, chosen: Outcome, passedOver: readonly Outcome[]): Posterior {
  const next = new Map(Object.entries(posterior));
  for (const other of passedOver) {
    const difference = tagDifference(chosen.item, other.item);
    const p = sigmoid(chosen.score - other.score);
    for (const [tag, x] of difference) {
      const [mean, precision] = next.get(tag) ?? [0, PRIOR_PRECISION];
      const sharper = precision + p * (1 - p);
      next.set(tag, [mean + (x * (1 - p)) / sharper, sharper]);
    }
  }
  return strongest(next);
}

function tagDifference(chosen: Item, other: Item): readonly (readonly [string, 1 | -1])[] {
  const mine = chosen.tags ?? [];
  const theirs = other.tags ?? [];
  return [
    ...mine.filter((tag) => !theirs.includes(tag)).map((tag) => [tag, 1] as const),
    ...theirs.filter((tag) => !mine.includes(tag)).map((tag) => [tag, -1] as const),
  ];
}

function strongest(posterior: ReadonlyMap<string, readonly [number, number]>): Posterior {
  const entries = [...posterior];
  entries.sort((a, b) => b[1][1] - a[1][1] || (a[0] < b[0] ? -1 : 1));
  return Object.fromEntries(entries.slice(0, PROFILE_LIMITS.tags));
}
