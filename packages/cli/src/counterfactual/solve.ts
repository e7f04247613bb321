/** Solves A x = b for a symmetric positive definite A by Cholesky's decomposition, which is made once.
 * @param matrix f64[n × n], row by row; only the lower half is read, and it is overwritten */
export function solver(matrix: Float64Array, n: number): (right: Float64Array) => Float64Array {
  const at = (row: number, column: number) => matrix[row * n + column] as number;
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = at(row, column);
      for (let k = 0; k < column; k++) rest -= at(row, k) * at(column, k);
      matrix[row * n + column] = row === column ? Math.sqrt(rest) : rest / at(column, column);
    }
  }
  return (right) => {
    const x = Float64Array.from(right);
    for (let row = 0; row < n; row++) {
      let rest = x[row] as number;
      for (let k = 0; k < row; k++) rest -= at(row, k) * (x[k] as number);
      x[row] = rest / at(row, row);
    }
    for (let row = n - 1; row >= 0; row--) {
      let rest = x[row] as number;
      for (let k = row + 1; k < n; k++) rest -= at(k, row) * (x[k] as number);
      x[row] = rest / at(row, row);
    }
    return x;
  };
}
