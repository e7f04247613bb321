import { exp, log, sigmoid } from '@inkling/core';
import { rankBy } from '../../evaluate/metrics.ts';
import type { LossName } from '../losses.ts';

/** First and second derivative of the loss by each score of a list. */
export interface Derivatives {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Adds one list's derivatives into `out`, from its row `start`. */
type Derive = (
  scores: Float64Array,
  labels: Uint8Array,
  weight: number,
  out: Derivatives,
  start: number,
) => void;

/** A list in which nothing was chosen, or everything, says nothing to the losses of pairs and lists. */
export const OBJECTIVES: Readonly<Record<LossName, Derive>> = {
  /** Logistic loss of each row: y is its label, p = σ(score), gradient p − y, hessian p (1 − p). What was chosen counts for
   * the list's weight, what was not for 1. */
  pointwise(scores, labels, weight, { gradient, hessian }, start) {
    scores.forEach((score, i) => {
      const p = sigmoid(score);
      const counts = labels[i] === 1 ? weight : 1;
      gradient[start + i] = counts * (p - (labels[i] as number));
      hessian[start + i] = counts * p * (1 - p);
    });
  },
  /** LambdaRank: each pair of a chosen and another row pulls with ρ = 1 / (1 + e^(s₁ − s₂)) times what exchanging the two
   * would change in NDCG (Burges, "From RankNet to LambdaRank to LambdaMART", MSR-TR-2010-82, sections 3 and 7). */
  pairwise(scores, labels, weight, { gradient, hessian }, start) {
    const discounts = new Float64Array(scores.length);
    rankBy(scores).forEach((row, rank) => {
      discounts[row] = 1 / log(rank + 2);
    });
    const chosen = [...labels.keys()].filter((i) => labels[i] === 1);
    const ideal = chosen.reduce((sum, _, rank) => sum + 1 / log(rank + 2), 0);
    for (const i of chosen) {
      for (let j = 0; j < scores.length; j++) {
        if (labels[j] === 1) continue;
        const rho = sigmoid((scores[j] as number) - (scores[i] as number));
        const change = (weight * Math.abs((discounts[i] as number) - (discounts[j] as number))) / ideal;
        const pull = change * rho;
        const curve = pull * (1 - rho);
        gradient[start + i] = (gradient[start + i] as number) - pull;
        gradient[start + j] = (gradient[start + j] as number) + pull;
        hessian[start + i] = (hessian[start + i] as number) + curve;
        hessian[start + j] = (hessian[start + j] as number) + curve;
      }
    }
  },
  /** Softmax over the list (ListNet's top-one likelihood, Cao et al., ICML 2007): gradient p − y, hessian p (1 − p), its
   * diagonal. */
  listwise(scores, labels, weight, { gradient, hessian }, start) {
    const chosen = labels.reduce((a, b) => a + b, 0);
    if (chosen === 0) return;
    const highest = scores.reduce((a, b) => Math.max(a, b));
    const powers = scores.map((score) => exp(score - highest));
    const total = powers.reduce((a, b) => a + b, 0);
    powers.forEach((power, i) => {
      const p = power / total;
      gradient[start + i] = weight * (p - (labels[i] as number) / chosen);
      hessian[start + i] = weight * p * (1 - p);
    });
  },
};
