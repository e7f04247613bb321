import { type ModelOutput, sigmoid } from '@inkling/core';
import { type Estimate, resample } from './bootstrap.ts';

/** A bin of the reliability diagram. */
interface ReliabilityBin {
  /** Lowest and highest prediction in it. */
  readonly low: number;
  readonly high: number;
  /** Items in it. */
  readonly items: number;
  /** Mean prediction. */
  readonly predicted: number;
  /** Share of its items that were chosen. */
  readonly observed: Estimate;
}

/** How far predicted probabilities are from what happened; refused where the model's score is none. */
export type Calibration =
  | {
      /** What the predictions are: the scores themselves, or their logistic function. */
      readonly of: 'probability' | 'sigmoid of logit';
      /** Expected calibration error: mean distance of predicted and observed share over the items, bin by bin. */
      readonly ece: number;
      readonly bins: readonly ReliabilityBin[];
    }
  | { readonly refused: string };

/** One shown item. */
export interface Prediction {
  readonly score: number;
  readonly chosen: number;
  readonly visitor: string;
}

const BINS = 10;

/** Expected calibration error (Naeini, Cooper and Hauskrecht, AAAI 2015) over ten bins of equally many items, which is less
 * biased than bins of equal width (Roelofs et al., AISTATS 2022) and does not put all rare choices into one. Equal
 * predictions share a bin. */
export function calibrate(predictions: readonly Prediction[], output: ModelOutput): Calibration {
  if (output === 'utility') {
    return { refused: 'the score is a utility, which orders items and is no probability (inkling.output)' };
  }
  const sorted = predictions
    .map((entry) => ({ ...entry, score: output === 'logit' ? sigmoid(entry.score) : entry.score }))
    .sort((a, b) => a.score - b.score);
  const outside = sorted.find(({ score }) => !(score >= 0 && score <= 1));
  if (outside) return { refused: `a score of ${outside.score} is no probability` };
  const bins: ReliabilityBin[] = [];
  for (let start = 0; start < sorted.length; ) {
    const share = sorted.length / BINS;
    let end = Math.ceil(share * (Math.floor(start / share) + 1));
    while (end < sorted.length && sorted[end]?.score === sorted[end - 1]?.score) end++;
    bins.push(binOf(sorted.slice(start, end)));
    start = end;
  }
  const distances = bins.map(
    ({ items, predicted, observed }) => items * Math.abs(predicted - observed.value),
  );
  return {
    of: output === 'logit' ? 'sigmoid of logit' : output,
    ece: distances.reduce((a, b) => a + b, 0) / Math.max(1, sorted.length),
    bins,
  };
}

function binOf(entries: readonly Prediction[]): ReliabilityBin {
  const columns = [entries.map(({ chosen }) => chosen), entries.map(() => 1)];
  const visitors = entries.map(({ visitor }) => visitor);
  return {
    low: entries[0]?.score as number,
    high: entries.at(-1)?.score as number,
    items: entries.length,
    predicted: entries.reduce((sum, { score }) => sum + score, 0) / entries.length,
    observed: resample(columns, visitors).estimate(([chosen = 0, count = 0]) => chosen / count),
  };
}
