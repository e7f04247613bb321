import { exp, log, sigmoid } from '@inkling/core';

export const LOSSES = ['listwise', 'pairwise', 'pointwise'] as const;

export type LossName = (typeof LOSSES)[number];

/** What a list says about how it should have been scored. */
export interface Loss {
  /** How many things a list says: 0 for one of which nothing can be learnt. */
  countOf(labels: ArrayLike<number>): number;
  /** The loss of a list, summed over these things; writes its derivative by each score. */
  evaluate(scores: Float32Array, labels: ArrayLike<number>, weight: number, derivative: Float32Array): number;
}

/** Which of the list is chosen: the cross entropy of the softmax over its scores (ListNet's top-one likelihood, Cao et
 * al., ICML 2007). Several choices share it. */
const listwise: Loss = {
  countOf: (labels) => Number(sumOf(labels) > 0),
  evaluate(scores, labels, weight, derivative) {
    const highest = scores.reduce((a, b) => Math.max(a, b));
    const powers = Float64Array.from(scores, (score) => exp(score - highest));
    const total = powers.reduce((a, b) => a + b);
    const chosen = sumOf(labels);
    let loss = 0;
    powers.forEach((power, i) => {
      const target = (labels[i] as number) / chosen;
      // ln p by subtraction: p itself may be too small for a logarithm.
      if (target > 0) loss -= weight * target * ((scores[i] as number) - highest - log(total));
      derivative[i] = weight * (power / total - target);
    });
    return loss;
  },
};

/** Whether the chosen item is before each other one: RankNet (Burges et al., ICML 2005), which over all pairs is the
 * expectation of BPR (Rendle et al., UAI 2009). The mean over the list's pairs. */
const pairwise: Loss = {
  countOf: (labels) => Number(sumOf(labels) > 0 && Array.from(labels).some((label) => label === 0)),
  evaluate(scores, labels, weight, derivative) {
    const rows = Array.from(scores.keys());
    const chosen = rows.filter((row) => (labels[row] as number) > 0);
    const others = rows.filter((row) => labels[row] === 0);
    const share = weight / (chosen.length * others.length);
    derivative.fill(0);
    let loss = 0;
    for (const a of chosen) {
      for (const b of others) {
        const margin = (scores[a] as number) - (scores[b] as number);
        const slope = share * sigmoid(-margin);
        loss += share * softplus(-margin);
        derivative[a] = (derivative[a] as number) - slope;
        derivative[b] = (derivative[b] as number) + slope;
      }
    }
    return loss;
  },
};

/** How probable each choice is by itself: logistic. A label between 0 and 1 is the share of choices. What was chosen
 * counts for the list's weight, what was not for 1. */
const pointwise: Loss = {
  countOf: (labels) => labels.length,
  evaluate(scores, labels, weight, derivative) {
    let loss = 0;
    scores.forEach((score, i) => {
      const label = labels[i] as number;
      const counts = label > 0 ? weight : 1;
      loss += counts * (softplus(score) - label * score);
      derivative[i] = counts * (sigmoid(score) - label);
    });
    return loss;
  },
};

export const lossOf: Readonly<Record<LossName, Loss>> = { listwise, pairwise, pointwise };

/** ln(1 + e^x), where e^x may be too large for a number. */
function softplus(x: number): number {
  return Math.max(x, 0) + log(1 + exp(-Math.abs(x)));
}

function sumOf(labels: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += labels[i] as number;
  return sum;
}
