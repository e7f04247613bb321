import { type ModelOutput, sigmoid } from '@inkling/core';
import type { LoggedList } from '../log/log.ts';
import { type Estimate, resampleSums } from './bootstrap.ts';
import { type Prediction, type Predictions, predictionsInMemory } from './predictions.ts';
import { createVisitorSums } from './visitor-sums.ts';

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

const BINS = 10;

export interface CalibrationMeter {
  /** @param scores one for each item of the list */
  add(list: LoggedList, scores: ArrayLike<number>): void;
  finish(): Promise<Calibration>;
}

/** Holds what a ranker says of every shown item against what was chosen. @param output what it says, which must be a
 * probability or its logit */
export function createCalibration(
  output: ModelOutput,
  predictions: Predictions = predictionsInMemory(),
): CalibrationMeter {
  if (output === 'utility') {
    const refused = 'the score is a utility, which orders items and is no probability (inkling.output)';
    return { add() {}, finish: async () => ({ refused }) };
  }
  const toProbability = (score: number) => (output === 'logit' ? sigmoid(score) : score);
  return {
    add(list, scores) {
      const shown = list.labels.map((chosen, index) => ({
        score: toProbability(scores[index] as number),
        chosen,
        visitor: list.visitor,
      }));
      predictions.add(shown, list);
    },
    finish: () => calibrate(predictions, output === 'logit' ? 'sigmoid of logit' : output),
  };
}

/** Expected calibration error (Naeini, Cooper and Hauskrecht, AAAI 2015) over ten bins of equally many items, which is less
 * biased than bins of equal width (Roelofs et al., AISTATS 2022) and does not put all rare choices into one. Equal
 * predictions share a bin. */
async function calibrate(
  predictions: Predictions,
  of: 'probability' | 'sigmoid of logit',
): Promise<Calibration> {
  const share = predictions.count / BINS;
  const bins: ReliabilityBin[] = [];
  let bin = createBin();
  let end = Math.ceil(share);
  let done = 0;
  for await (const prediction of predictions.sorted()) {
    const { score } = prediction;
    if (!(score >= 0 && score <= 1)) return { refused: `a score of ${score} is no probability` };
    if (done >= end && score !== bin.high) {
      bins.push(bin.finish());
      bin = createBin();
      end = Math.ceil(share * (Math.floor(done / share) + 1));
    }
    bin.add(prediction);
    done++;
  }
  if (done > 0) bins.push(bin.finish());
  const distances = bins.map(
    ({ items, predicted, observed }) => items * Math.abs(predicted - observed.value),
  );
  return { of, ece: distances.reduce((a, b) => a + b, 0) / Math.max(1, done), bins };
}

/** Memory holds two numbers for each visitor in it, or each group of visitors. */
function createBin() {
  const visitors = createVisitorSums(2);
  let [low, high, items, total] = [0, 0, 0, 0];
  return {
    /** Highest prediction so far. */
    get high() {
      return high;
    },
    add({ score, chosen, visitor }: Prediction) {
      if (items === 0) low = score;
      high = score;
      items++;
      total += score;
      visitors.add(visitor, [chosen, 1]);
    },
    finish: (): ReliabilityBin => ({
      low,
      high,
      items,
      predicted: total / items,
      observed: resampleSums(visitors.finish()).estimate(([chosen = 0, count = 0]) => chosen / count),
    }),
  };
}
