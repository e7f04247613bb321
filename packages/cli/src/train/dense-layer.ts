import type { Matrix } from './weights.ts';

export interface DenseLayer {
  /** [inputs, outputs] */
  readonly weights: Matrix;
  /** [1, outputs] */
  readonly bias: Matrix;
}

/** y = x W + b for some rows. */
export function forwardDense(x: Float32Array, rows: number, { weights, bias }: DenseLayer): Float32Array {
  const { rows: inputs, columns: outputs, values } = weights;
  const y = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    const to = row * outputs;
    y.set(bias.values, to);
    for (let i = 0; i < inputs; i++) {
      const value = x[row * inputs + i] as number;
      // Most features are one-hot, and half of what is behind a ReLU is 0: skipping zeros is what makes training quick.
      if (value === 0) continue;
      const at = i * outputs;
      for (let o = 0; o < outputs; o++) {
        y[to + o] = (y[to + o] as number) + value * (values[at + o] as number);
      }
    }
  }
  return y;
}

/** Adds the gradient of the weights and of the bias, given dy, the derivative by each output.
 * @param firstInput the first input by which the derivative is wanted; that of the inputs before it stays 0
 * @returns the derivative by each input, nothing where none is wanted; 0 for an input that is 0, as behind a ReLU and of padding */
export function backwardDense(
  x: Float32Array,
  dy: Float32Array,
  { weights }: DenseLayer,
  gradient: DenseLayer,
  firstInput: number,
): Float32Array {
  const { rows: inputs, columns: outputs, values } = weights;
  const dWeights = gradient.weights.values;
  const dBias = gradient.bias.values;
  const rows = dy.length / outputs;
  const dx = new Float32Array(firstInput < inputs ? rows * inputs : 0);
  for (let row = 0; row < rows; row++) {
    const from = row * outputs;
    for (let o = 0; o < outputs; o++) dBias[o] = (dBias[o] as number) + (dy[from + o] as number);
    for (let i = 0; i < inputs; i++) {
      const value = x[row * inputs + i] as number;
      if (value === 0) continue;
      const at = i * outputs;
      for (let o = 0; o < outputs; o++) {
        dWeights[at + o] = (dWeights[at + o] as number) + value * (dy[from + o] as number);
      }
      if (i < firstInput) continue;
      let back = 0;
      for (let o = 0; o < outputs; o++) back += (dy[from + o] as number) * (values[at + o] as number);
      dx[row * inputs + i] = back;
    }
  }
  return dx;
}
