export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The mean and its 95% interval by the normal distribution, for many independent values. */
export function meanInterval(values: readonly number[]): Interval {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const half = 1.96 * Math.sqrt(square / values.length);
  return { mean, low: mean - half, high: mean + half };
}
