import type { BenchRow } from '../bench.ts';

/** The value below which that share of the values lies, between two of them where it must. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** A row of the median, with the quartiles as its spread. */
export function summarize(title: string, metric: string, values: readonly number[], unit: string): BenchRow {
  return {
    case: title,
    metric,
    value: quantile(values, 0.5),
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
    unit,
  };
}

/** Rows of how many times `ours` goes into `theirs`, measurement by measurement since both sides took turns, and of
 * the ratio that is asked for. */
export function ratioRows(
  title: string,
  theirs: readonly number[],
  ours: readonly number[],
  target?: number,
): BenchRow[] {
  const ratios = theirs.map((time, i) => time / (ours[i] ?? Number.NaN));
  const rows = [summarize(title, 'ratio', ratios, '×')];
  if (target !== undefined) rows.push({ case: title, metric: 'target', value: target, unit: '×' });
  return rows;
}
