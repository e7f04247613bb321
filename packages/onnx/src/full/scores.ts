import { sigmoid } from '../math.ts';
import type { OperatorNode } from '../operator.ts';
import type { Cells, Dims, TensorType, Value } from '../value.ts';
import { choiceOf } from './attributes.ts';
import { compute } from './layout.ts';
import { exp, log } from './math.ts';

/** What becomes of the scores of one row, in place. */
export type PostTransform = (scores: number[]) => void;

const TRANSFORMS: readonly string[] = ['NONE', 'SOFTMAX', 'LOGISTIC', 'SOFTMAX_ZERO', 'PROBIT'];

/** The inverse of the normal distribution by Winitzki's approximation, as other runtimes have it. */
function probit(v: number): number {
  const x = 2 * v - 1;
  const l = log((1 - x) * (1 + x));
  const half = 4.330754 + 0.5 * l;
  return Math.SQRT2 * (x < 0 ? -1 : 1) * Math.sqrt(Math.sqrt(half * half - l / 0.147) - half);
}

/** In place; with `skips` what is zero stays so. */
export function softmax(scores: number[], skips = false): void {
  const peak = scores.reduce((most, v) => Math.max(most, v), -1 / 0);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const v = scores[i] as number;
    const isSkipped = skips && Math.abs(v) <= 1e-7;
    scores[i] = isSkipped ? v * exp(-peak) : exp(v - peak);
    if (!isSkipped) sum += scores[i] as number;
  }
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) / sum;
}

/** An output of rows as `rowOf` gives them, all of the same length. */
export function scoreRows(
  node: OperatorNode,
  type: TensorType,
  dims: Dims,
  inputs: readonly Value[],
  rowOf: (row: number, ...from: Cells[]) => readonly number[],
  steps?: number,
): Value {
  const work = (to: Cells, ...from: Cells[]): void => {
    for (let row = 0, at = 0; at < to.length; row++) for (const v of rowOf(row, ...from)) to[at++] = v;
  };
  return compute(node, type, dims, inputs, work, steps);
}

/** The `post_transform` attribute. */
export function transformOf(node: OperatorNode): { readonly name: string; readonly apply: PostTransform } {
  const name = choiceOf(node, 'post_transform', TRANSFORMS);
  const each =
    (compute: (v: number) => number): PostTransform =>
    (scores) => {
      for (let i = 0; i < scores.length; i++) scores[i] = compute(scores[i] as number);
    };
  const known: Readonly<Record<string, PostTransform>> = {
    SOFTMAX: (scores) => softmax(scores),
    SOFTMAX_ZERO: (scores) => softmax(scores, true),
    LOGISTIC: each(sigmoid),
    PROBIT: each(probit),
  };
  return { name, apply: known[name] ?? (() => {}) };
}
