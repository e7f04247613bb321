/** A column counts its values one by one where it has at most this many, and by tenths of the earlier ones otherwise. */
const MOST_VALUES = 10;
const TENTHS = 10;

type Bin = [before: number, after: number];

/** Population stability index of two samples: Σ (b − a) ln(b / a) over the shares a before and b after (Siddiqi, "Credit
 * Risk Scorecards", 2006; the symmetric divergence of Jeffreys 1946). Half a value is added to every bin, so
 * that an empty one gives a number. Values are told in ascending order, each once. A value that fills a tenth and more has
 * a bin of its own.
 * @param sizes values in each sample @param isCategorical whether every value is a bin of its own */
export function createStabilityIndex(
  sizes: readonly [number, number],
  isCategorical = false,
): {
  /** How often each sample has the next value. */
  add(before: number, after: number): void;
  finish(): { readonly psi: number; readonly bins: number };
} {
  const values: Bin[] = [];
  // The lowest bin holds what is below the first tenth.
  const tenths: Bin[] = [[0, 0]];
  let [count, seen, tenth] = [0, 0, 1];
  let isAfterFrequent = false;
  return {
    add(before, after) {
      if (isCategorical || count < MOST_VALUES) values.push([before, after]);
      count++;
      seen += before;
      let held = 0;
      for (; tenth < TENTHS && Math.floor((tenth * sizes[0]) / TENTHS) < seen; tenth++) held++;
      if (held > 0 || isAfterFrequent) tenths.push([0, 0]);
      isAfterFrequent = held > 1;
      const bin = tenths.at(-1) as Bin;
      bin[0] += before;
      bin[1] += after;
    },
    finish() {
      const bins = isCategorical || count <= MOST_VALUES ? values : tenths;
      const share = (bin: Bin, sample: 0 | 1) => (bin[sample] + 0.5) / (sizes[sample] + bins.length / 2);
      const psi = bins.reduce((sum, bin) => {
        const [was, is] = [share(bin, 0), share(bin, 1)];
        return sum + (is - was) * Math.log(is / was);
      }, 0);
      return { psi, bins: bins.length };
    },
  };
}
