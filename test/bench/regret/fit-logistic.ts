import { sigmoid } from '@inkling/core';

const EPOCHS = 60;
const RATE = 0.5;
const DECAY = 1e-4;

/** Logistic regression by stochastic gradient steps, with a little decay towards 0.
 * @param features rows × width
 * @returns the logit of a row */
export function fitLogistic(
  features: Float32Array,
  width: number,
  columns: readonly number[],
  labels: readonly boolean[],
): (row: Float32Array) => number {
  const weights = new Float64Array(width);
  let bias = 0;
  const logitOf = (row: Float32Array) =>
    columns.reduce((sum, c) => sum + (weights[c] as number) * (row[c] as number), bias);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE / (1 + epoch / 10);
    labels.forEach((label, r) => {
      const row = features.subarray(r * width, (r + 1) * width);
      const error = Number(label) - sigmoid(logitOf(row));
      bias += rate * error;
      for (const c of columns) {
        weights[c] = (weights[c] as number) * (1 - rate * DECAY) + rate * error * (row[c] as number);
      }
    });
  }
  return logitOf;
}
