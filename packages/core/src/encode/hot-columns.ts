import type { MultiHotFeature, OneHotFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { sourceOf, wordsOf } from './source.ts';

/** One-hot and multi-hot: a column for each value; one-hot has one more, for any other word. */
export function hotColumns(
  { kind, source, values }: OneHotFeature | MultiHotFeature,
  table: FeatureTable,
): Columns {
  const columns = new Map(values.map((value, column) => [value, column]));
  const read = sourceOf(source, table);
  const unknown = [...values.map(() => 0), ...(kind === 'one-hot' ? [1] : [])];
  return {
    unknown,
    write(list, row, out, start) {
      for (const word of wordsOf(read(list, row))) {
        const column = columns.get(word) ?? values.length;
        if (column < unknown.length) out[start + column] = 1;
      }
    },
  };
}
