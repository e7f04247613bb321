import { logit, sigmoid } from '../math.ts';
import type { ModelOutput } from './adapt-spec.ts';
import type { RankedRows } from './adapter.ts';

/** The scores with the learnt weights added: s + w·x, for probabilities on the scale of their logit. A row in which no
 * learnt column is set keeps its bits. */
export function adaptScores(
  { ranked, features }: RankedRows,
  columns: readonly number[],
  weights: ArrayLike<number>,
  output: ModelOutput,
): Float32Array {
  const scores = Float32Array.from(ranked);
  const width = features.length / scores.length;
  for (let row = 0; row < scores.length; row++) {
    let sum = 0;
    for (let i = 0; i < columns.length; i++) {
      sum += (weights[i] as number) * (features[row * width + (columns[i] as number)] ?? 0);
    }
    if (sum === 0) continue;
    const score = scores[row] as number;
    scores[row] = output === 'probability' ? sigmoid(logit(score) + sum) : score + sum;
  }
  return scores;
}
