import { prng } from '@inkling/core';
import { addTo, createVisitorSums, type SummedVisitors, zeros } from './visitor-sums.ts';

export interface Estimate {
  readonly value: number;
  /** Ends of the 95% interval. */
  readonly low: number;
  readonly high: number;
}

/** A figure made of the columns' sums, such as `(sums) => sums[0] / sums[1]`. */
type Figure = (sums: Float64Array) => number;

export interface Resamples {
  /** The figure with its percentile interval; resamples in which it is no number are left out. */
  estimate(figure: Figure): Estimate;
  /** Its standard error: the standard deviation over the resamples. */
  error(figure: Figure): number;
}

export interface ResampleOptions {
  /** @default 1000 */
  readonly rounds?: number;
  /** The same seed draws the same visitors. @default 'bootstrap' */
  readonly seed?: string;
}

/** Resamples whole visitors, because lists of one visitor are not independent (Efron and Tibshirani 1993; cluster
 * bootstrap: Field and Welsh 2007). Every column is summed over the same draws, so that figures of several columns,
 * such as a ratio or a difference of means, keep what the columns have in common. Many visitors are resampled in groups.
 * @param columns a number for each list
 * @param visitors the visitor of each list */
export function resample(
  columns: readonly (readonly number[])[],
  visitors: readonly string[],
  options: ResampleOptions = {},
): Resamples {
  return resampleSums(sumByVisitor(columns, visitors), options);
}

/** The same of lists that are summed up already. */
export function resampleSums(
  { width, rows }: SummedVisitors,
  { rounds = 1000, seed = 'bootstrap' }: ResampleOptions = {},
): Resamples {
  const sum = zeros(width);
  for (const row of rows) addTo(sum, row);
  const whole = Float64Array.from(sum);
  // Most logs leave columns empty, and most of the time goes into adding.
  const columns = [...whole.keys()].filter((column) => rows.some((row) => row[column] !== 0));
  const figures = new Float64Array(rows.length * columns.length);
  rows.forEach((row, at) => {
    columns.forEach((column, i) => {
      figures[at * columns.length + i] = row[column] as number;
    });
  });
  const random = prng(seed, 'visitors');
  const drawn = Array.from({ length: rows.length === 0 ? 0 : rounds }, () => {
    const sums = new Float64Array(columns.length);
    for (let draw = 0; draw < rows.length; draw++) {
      const start = (random() % rows.length) * sums.length;
      for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (figures[start + i] as number);
    }
    const total = new Float64Array(width);
    columns.forEach((column, i) => {
      total[column] = sums[i] as number;
    });
    return total;
  });
  const values = (figure: Figure) => Float64Array.from(drawn, figure).filter(Number.isFinite);
  return {
    estimate(figure) {
      const sorted = values(figure).sort();
      const at = (index: number) => sorted[index] ?? Number.NaN;
      return {
        value: figure(whole),
        low: at(Math.floor(0.025 * sorted.length)),
        high: at(Math.ceil(0.975 * sorted.length) - 1),
      };
    },
    error(figure) {
      const all = values(figure);
      const mean = all.reduce((a, b) => a + b, 0) / all.length;
      return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (all.length - 1));
    },
  };
}

/** Mean of a value per list, with its interval. @param visitors the visitor of each value */
export function bootstrapMean(
  values: readonly number[],
  visitors: readonly string[],
  options: ResampleOptions = {},
): Estimate {
  const lists = values.map(() => 1);
  return resample([values, lists], visitors, options).estimate(
    ([sum = Number.NaN, count = 0]) => sum / count,
  );
}

/** @param columns a number for each list @param visitors the visitor of each list */
export function sumByVisitor(
  columns: readonly (readonly number[])[],
  visitors: readonly string[],
): SummedVisitors {
  const sums = createVisitorSums(columns.length);
  visitors.forEach((visitor, list) => {
    sums.add(
      visitor,
      columns.map((values) => values[list] as number),
    );
  });
  return sums.finish();
}
