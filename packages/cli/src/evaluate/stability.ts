/** A column counts its values one by one where it has at most this many, and by tenths of the earlier ones otherwise. */
const MOST_VALUES = 10;
const BINS = 10;

/** Population stability index of two samples: Σ (b − a) ln(b / a) over the shares a before and b after (Siddiqi, "Credit
 * Risk Scorecards", 2006; the symmetric divergence of Jeffreys 1946). Half a value is added to every bin, so
 * that an empty one gives a number.
 * @param categorical whether every value is a bin of its own */
export function stabilityIndex(
  before: readonly number[],
  after: readonly number[],
  categorical = false,
): { readonly psi: number; readonly bins: number } {
  const values = [...new Set([...before, ...after])].sort((a, b) => a - b);
  const edges = categorical || values.length <= MOST_VALUES ? values.slice(1) : tenths(before, values);
  const [a, b] = [shares(before, edges), shares(after, edges)];
  const psi = a.reduce((sum, was, bin) => {
    const is = b[bin] as number;
    return sum + (is - was) * Math.log(is / was);
  }, 0);
  return { psi, bins: a.length };
}

/** Each the first value of a bin, the lowest bin having none. A value that fills a tenth and more has a bin of its own.
 * @param values of both samples, each once, ascending */
function tenths(sample: readonly number[], values: readonly number[]): readonly number[] {
  const sorted = [...sample].sort((a, b) => a - b);
  const edges = Array.from(
    { length: BINS - 1 },
    (_, index) => sorted[Math.floor(((index + 1) * sorted.length) / BINS)] as number,
  );
  const frequent = edges.filter((edge, index) => edge === edges[index + 1]);
  const next = frequent.flatMap((edge) => values[values.indexOf(edge) + 1] ?? []);
  return [...new Set([...edges, ...next])].sort((a, b) => a - b);
}

function shares(sample: readonly number[], edges: readonly number[]): readonly number[] {
  const counts = new Array<number>(edges.length + 1).fill(0.5);
  for (const value of sample) {
    // The number of edges that are not above the value, by bisection.
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((edges[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    counts[low] = (counts[low] as number) + 1;
  }
  return counts.map((count) => count / (sample.length + counts.length / 2));
}
