import { type Encoder, prng, type Scorer } from '@inkling/core';
import type { Example } from '../dataset/build-dataset.ts';
import { bootstrapMean, type Estimate } from '../evaluate/bootstrap.ts';
import { measure, rankBy } from '../evaluate/metrics.ts';

export interface GroupImportance {
  readonly group: string;
  readonly sentence: string;
  /** MRR lost when the group says of each item what it says of one in another list. */
  readonly loss: Estimate;
}

/** How much the order of the lists owes to each group of features: permutation importance (Breiman, Machine Learning
 * 2001, section 10; for groups Fisher, Rudin, Dominici, JMLR 2019). Seeded. Most important first. */
export function groupImportance(
  examples: readonly Example[],
  encoder: Encoder,
  scorer: Scorer,
): readonly GroupImportance[] {
  const used = examples.filter(({ list }) => list.labels.some(Boolean));
  const visitors = used.map(({ list }) => list.visitor);
  const mrr = ({ list }: Example, features: Float32Array) =>
    measure(rankBy(scorer(features, list.items.length)), list.labels, 10).mrr;
  const whole = used.map((example) => mrr(example, example.features));
  return encoder.spec.groups
    .map(({ id, sentence }) => {
      const columns = encoder.featureOf.flatMap((feature, column) =>
        encoder.spec.features[feature]?.group === id ? [column] : [],
      );
      const random = prng('importance', id);
      const losses = used.map((example, index) => {
        const other = used[random() % used.length] as Example;
        const features = withColumnsOf(other.features, example.features, columns, encoder.width);
        return (whole[index] as number) - mrr(example, features);
      });
      return { group: id, sentence, loss: bootstrapMean(losses, visitors) };
    })
    .sort((a, b) => b.loss.value - a.loss.value);
}

/** Takes some columns of another list, row by row, from its start again where it is shorter. */
function withColumnsOf(
  from: Float32Array,
  features: Float32Array,
  columns: readonly number[],
  width: number,
): Float32Array {
  const mixed = features.slice();
  for (let row = 0; row < features.length; row += width) {
    const other = row % from.length;
    for (const column of columns) mixed[row + column] = from[other + column] as number;
  }
  return mixed;
}
