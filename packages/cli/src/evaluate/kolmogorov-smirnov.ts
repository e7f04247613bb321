/** Largest distance of the empirical distributions of two samples (Smirnov 1939), their values told in ascending order.
 * @param sizes values in each sample */
export function createDistributionDistance([n, m]: readonly [number, number]): {
  /** How often each sample has the next value. */
  add(before: number, after: number): void;
  finish(): number;
} {
  let [i, j, largest] = [0, 0, 0];
  return {
    add(before, after) {
      i += before;
      j += after;
      largest = Math.max(largest, Math.abs(i / n - j / m));
    },
    finish: () => largest,
  };
}

/** Two-sided p-value of such a distance, by Kolmogorov's limit with the correction of Stephens (JRSS B 32, 1970) for small
 * samples. Too large, and so on the safe side, where many values are equal.
 * @param sizes independent values in each sample */
export function distanceP(distance: number, [n, m]: readonly [number, number]): number {
  const root = Math.sqrt((n * m) / (n + m));
  const lambda = (root + 0.12 + 0.11 / root) * distance;
  // Below, the series no longer converges, and 1 is right to six places.
  if (lambda < 0.3) return 1;
  let sum = 0;
  for (let k = 1; k <= 20; k++) sum += (k % 2 ? 2 : -2) * Math.exp(-2 * k * k * lambda * lambda);
  return Math.min(1, Math.max(0, sum));
}
