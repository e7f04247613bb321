/** The inverse of a symmetric positive definite matrix, row by row, by its Cholesky factor (Golub and Van Loan, *Matrix
 * Computations*, 4th edition, section 4.2). */
export function invert(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = matrix[i * size + j] as number;
      for (let k = 0; k < j; k++) sum -= (factor[i * size + k] as number) * (factor[j * size + k] as number);
      factor[i * size + j] = i === j ? Math.sqrt(sum) : sum / (factor[j * size + j] as number);
    }
  }
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const x = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= (factor[i * size + k] as number) * (x[k] as number);
      x[i] = sum / (factor[i * size + i] as number);
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = x[i] as number;
      for (let k = i + 1; k < size; k++) sum -= (factor[k * size + i] as number) * (x[k] as number);
      x[i] = sum / (factor[i * size + i] as number);
    }
    for (let i = 0; i < size; i++) inverse[i * size + column] = x[i] as number;
  }
  return inverse;
}

/** A square matrix times a vector. */
export function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, i) =>
    matrix
      .subarray(i * size, (i + 1) * size)
      .reduce((sum, value, j) => sum + value * (vector[j] as number), 0),
  );
}
