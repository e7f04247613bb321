import type { Matrix } from './weights.ts';

/** What a machine of factors sees of some rows: the dense columns, and the embedded fields after each other. */
export interface PairInputs {
  readonly rows: number;
  /** f32[rows × dense columns] */
  readonly dense: Float32Array;
  /** f32[rows × fields × factors] */
  readonly embedded: Float32Array;
}

/** Adds to each score the products of the factors of each two features, in linear time: half of what the square of
 * their sum exceeds the sum of their squares by (Rendle, ICDM 2010, lemma 3.1).
 * @param denseFactors [dense columns, factors]
 * @returns f32[rows × factors], the sums, which the gradient needs */
export function forwardPairs(
  { rows, dense, embedded }: PairInputs,
  { rows: columns, columns: factors, values }: Matrix,
  scores: Float32Array,
): Float32Array {
  const sums = new Float32Array(rows * factors);
  const width = embedded.length / rows;
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    const add = (k: number, value: number) => {
      squares += value * value;
      sums[row * factors + k] = (sums[row * factors + k] as number) + value;
    };
    for (let i = 0; i < width; i++) add(i % factors, embedded[row * width + i] as number);
    for (let i = 0; i < columns; i++) {
      const x = dense[row * columns + i] as number;
      if (x !== 0) for (let k = 0; k < factors; k++) add(k, x * (values[i * factors + k] as number));
    }
    let square = 0;
    for (let k = 0; k < factors; k++) square += (sums[row * factors + k] as number) ** 2;
    scores[row] = (scores[row] as number) + (square - squares) / 2;
  }
  return sums;
}

/** Adds the gradient of the dense columns' factors and the derivative by each embedded number, given that by each score:
 * by a feature's part v of the sum s it is s - v. */
export function backwardPairs(
  { rows, dense, embedded }: PairInputs,
  { rows: columns, columns: factors, values }: Matrix,
  sums: Float32Array,
  derivative: Float32Array,
  gradient: { readonly denseFactors: Matrix; readonly embedded: Float32Array },
): void {
  const width = embedded.length / rows;
  const dFactors = gradient.denseFactors.values;
  for (let row = 0; row < rows; row++) {
    const d = derivative[row] as number;
    const sum = (k: number) => sums[row * factors + k] as number;
    for (let i = 0; i < width; i++) {
      const at = row * width + i;
      gradient.embedded[at] =
        (gradient.embedded[at] as number) + d * (sum(i % factors) - (embedded[at] as number));
    }
    for (let i = 0; i < columns; i++) {
      const x = dense[row * columns + i] as number;
      if (x === 0) continue;
      for (let k = 0; k < factors; k++) {
        const at = i * factors + k;
        dFactors[at] = (dFactors[at] as number) + d * x * (sum(k) - x * (values[at] as number));
      }
    }
  }
}
