import { exp, log } from '@inkling/core';
import type { EncodedList, EncodedLists } from '../dataset/encoded-lists.ts';
import { activations } from './activations.ts';
import type { CompiledRules } from './compile-rules.ts';

/** Of the prior about the declared weight: so wide that without data no rule is taken to hold. */
export const DEVIATION = 4;

/** The negative logarithm of likelihood and prior, with its derivatives. */
export interface Sums {
  loss: number;
  readonly gradient: Float64Array;
  /** Row by row. */
  readonly curvature: Float64Array;
  /** The gradient of each visitor's lists. */
  readonly byVisitor: Map<string, Float64Array>;
  /** Lists with a choice in which a rule told items apart. */
  readonly lists: Float64Array;
}

/** Reads all lists once. */
export async function sumUp(
  compiled: CompiledRules,
  lists: EncodedLists,
  weights: Float64Array,
  declared: Float64Array,
): Promise<Sums> {
  const sums = prior(weights, declared);
  for await (const batch of lists.batches(256, 'rules')) {
    for (const list of batch) addList(sums, activations(compiled, list.features), list, weights);
  }
  return sums;
}

function prior(weights: Float64Array, declared: Float64Array): Sums {
  const count = weights.length;
  const curvature = new Float64Array(count * count);
  for (let i = 0; i < count; i++) curvature[i * count + i] = 1 / DEVIATION ** 2;
  const gaps = weights.map((weight, i) => weight - (declared[i] as number));
  return {
    loss: gaps.reduce((sum, gap) => sum + gap ** 2, 0) / (2 * DEVIATION ** 2),
    gradient: gaps.map((gap) => gap / DEVIATION ** 2),
    curvature,
    byVisitor: new Map(),
    lists: new Float64Array(count),
  };
}

/** @param z f64[items × rules] */
function addList(sums: Sums, z: Float64Array, list: EncodedList, weights: Float64Array): void {
  const { visitor, labels, weight } = list;
  const count = weights.length;
  const items = labels.length;
  const positives = Array.from(labels).reduce((a, b) => a + b, 0);
  if (positives === 0) return;
  const rows = Array.from({ length: items }, (_, item) => z.subarray(item * count, (item + 1) * count));
  const utility = rows.map((row) => row.reduce((sum, value, i) => sum + value * (weights[i] as number), 0));
  const highest = utility.reduce((a, b) => Math.max(a, b));
  const powers = utility.map((u) => exp(u - highest));
  const total = powers.reduce((a, b) => a + b);
  const share = powers.map((power) => power / total);

  const slope = sums.byVisitor.get(visitor) ?? new Float64Array(count);
  sums.byVisitor.set(visitor, slope);
  const mean = new Float64Array(count);
  rows.forEach((row, item) => {
    const p = share[item] as number;
    const target = (labels[item] as number) / positives;
    if (target > 0) sums.loss -= weight * target * log(p);
    row.forEach((value, i) => {
      const part = weight * (p - target) * value;
      mean[i] = (mean[i] as number) + p * value;
      slope[i] = (slope[i] as number) + part;
      sums.gradient[i] = (sums.gradient[i] as number) + part;
    });
  });
  rows.forEach((row, item) => {
    const p = weight * (share[item] as number);
    row.forEach((left, i) => {
      const away = p * (left - (mean[i] as number));
      // Most rules say nothing of most lists.
      if (away === 0) return;
      row.forEach((right, j) => {
        const at = i * count + j;
        sums.curvature[at] = (sums.curvature[at] as number) + away * (right - (mean[j] as number));
      });
    });
  });
  for (let i = 0; i < count; i++) {
    if (rows.some((row) => row[i] !== rows[0]?.[i])) sums.lists[i] = (sums.lists[i] as number) + 1;
  }
}
