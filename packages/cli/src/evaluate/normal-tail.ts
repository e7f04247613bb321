/** Probability that a standard normal number exceeds z (Abramowitz and Stegun 1964, 26.2.17). Absolute error below
 * 7.5e-8. */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return density * series.reduce((sum, factor) => (sum + factor) * t, 0);
}
