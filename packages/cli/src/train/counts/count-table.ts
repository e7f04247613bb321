import type { EncodedList } from '../../dataset/encoded-lists.ts';
import type { CountColumns, IdColumn } from './count-columns.ts';

/** How much oftener an item is chosen with a word of a signal, as a logarithm. */
export interface CountTable {
  /** Whose words; without one, the item's popularity. */
  readonly signal?: IdColumn | undefined;
  /** Choices that a word needs to count for half. */
  readonly prior: number;
  /** f32[ids of the item × ids of the signal]. */
  readonly values: Float32Array;
}

/** Choices of each item with each word: as they were, and as they would have been had the word said nothing. */
export interface Counts {
  readonly chosen: Float64Array;
  readonly expected: Float64Array;
}

/** ln (n + λ) / (e + λ): the mean of a rate with a gamma prior of λ choices, by which it is 1 (DuMouchel, "Bayesian data
 * mining in large frequency tables", The American Statistician 53(3), 1999). */
export function countTable(
  { chosen, expected }: Counts,
  prior: number,
  signal: IdColumn | undefined,
): CountTable {
  const values = Float32Array.from(chosen, (n, cell) =>
    Math.log((n + prior) / ((expected[cell] as number) + prior)),
  );
  return { signal, prior, values };
}

/** The cell of a table that a row is in. @param start of the row in the list's features */
export function cellOf(
  { item }: CountColumns,
  signal: IdColumn | undefined,
  features: Float32Array,
  start: number,
): number {
  const id = features[start + item.column] as number;
  return signal ? id * signal.ids + (features[start + signal.column] as number) : id;
}

/** Scores of a list's rows: the sum of their cells. @param width of a row */
export function scoreByCounts(
  columns: CountColumns,
  tables: readonly CountTable[],
  { features }: Pick<EncodedList, 'features'>,
  width: number,
): Float32Array {
  return Float32Array.from({ length: features.length / width }, (_, row) =>
    tables.reduce(
      (sum, { signal, values }) => sum + (values[cellOf(columns, signal, features, row * width)] as number),
      0,
    ),
  );
}
