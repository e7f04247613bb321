import { roundToByte } from './round-to-byte.ts';

/** Upper ends of a column's bins, ascending. Bin 0 holds what is missing (NaN), bin k from 1 what is at most `edges[k - 1]`
 * and above the edge before it, the last bin the rest: at most 256 together. */
export type Edges = Float32Array;

const MOST_EDGES = 254;

/** Edges between the values of a sample: halfway between neighbours where they are few, else between quantiles. */
export function edgesOf(sample: Float32Array): Edges {
  const sorted = sample.filter((value) => !Number.isNaN(value)).sort();
  // The last of each group of equal values, where a next group follows.
  const ends = [...sorted.keys()].filter(
    (at) => at + 1 < sorted.length && (sorted[at] as number) < (sorted[at + 1] as number),
  );
  // Of many, the first in each quantile but the lowest.
  let quantile = 0;
  const kept = ends.filter((at) => {
    const before = quantile;
    quantile = Math.floor(((at + 1) * (MOST_EDGES + 1)) / sorted.length);
    return ends.length <= MOST_EDGES || quantile > before;
  });
  return Float32Array.from(kept, (at) => between(sorted[at] as number, sorted[at + 1] as number));
}

export function binOf(value: number, edges: Edges): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}

/** At least `low` and below `high`, as f32 has it: halfway, by a round number where one fits. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  const fits = [roundToByte(middle), Math.fround(middle)].find((edge) => edge >= low && edge < high);
  return fits ?? low;
}
