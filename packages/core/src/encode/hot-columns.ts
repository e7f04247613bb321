import type { MultiHotFeature, OneHotFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { wordsOf } from './source.ts';

/** One-hot and multi-hot: a column for each value; one-hot has one more, for any other word. */
export function hotColumns(
  { kind, source, values }: OneHotFeature | MultiHotFeature,
  table: FeatureTable,
): Columns {
  const columns = new Map(values.map((value, column) => [value, column]));
  const wordsIn = wordsOf(source, table);
  const unknown = values.map(() => 0);
  if (kind === 'one-hot') unknown.push(1);
  return {
    unknown,
    write: (list, out) => (item, start, row) => {
      for (const word of wordsIn(item, list, row)) {
        const column = columns.get(word) ?? values.length;
        if (column < unknown.length) out[start + column] = 1;
      }
    },
  };
}
