/** Share of the others that are cheaper, 0 to 1. */
export function priceShare(prices: readonly number[], price: number): number {
  return prices.filter((other) => other < price).length / Math.max(1, prices.length - 1);
}
