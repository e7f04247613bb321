/** Row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** The weights of a network by name, or one number for each of them, such as their gradient. */
export interface Weights {
  /** [1, 1] */
  readonly bias: Matrix;
  /** [dense columns, 1] */
  readonly dense: Matrix;
  /** [table rows, 1] */
  readonly ids: Matrix;
  /** [dense columns, factors] */
  readonly denseFactors: Matrix;
  /** [table rows, factors] */
  readonly idFactors: Matrix;
  /** Of the layers, from 1: `weights1` [inputs, outputs] and `bias1` [1, outputs]. */
  readonly [layer: string]: Matrix;
}

export function matrix(rows: number, columns: number, value: (row: number) => number = () => 0): Matrix {
  const values = Float32Array.from({ length: rows * columns }, (_, i) => value(Math.floor(i / columns)));
  return { rows, columns, values };
}

/** The same shapes, other numbers. */
export function mapWeights(
  weights: Weights,
  values: (matrix: Matrix, name: string) => Float32Array,
): Weights {
  const parts = Object.entries(weights).map(([name, part]) => [
    name,
    { ...part, values: values(part, name) },
  ]);
  // The names are those of `weights`.
  return Object.fromEntries(parts) as Weights;
}

export function copyWeights(weights: Weights): Weights {
  return mapWeights(weights, ({ values }) => values.slice());
}

export function zeroWeights(weights: Weights): Weights {
  return mapWeights(weights, ({ values }) => new Float32Array(values.length));
}

export function countWeights(weights: Weights): number {
  return Object.values(weights).reduce((sum, { values }) => sum + values.length, 0);
}
