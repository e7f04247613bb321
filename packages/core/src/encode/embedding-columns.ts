import type { EmbeddingFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { wordsOf } from './source.ts';

/** Ids below it have a meaning of their own: 0 for nothing here, 1 for a word that the vocabulary lacks. */
const FIRST_WORD = 2;

/** Ids stand among the f32 columns, which hold them exactly, so that whatever is done to a row is done to them too;
 * `modelInputs` hands them to the model apart. */
export function embeddingColumns(
  { source, vocabulary, length = 1 }: EmbeddingFeature,
  table: FeatureTable,
): Columns {
  const ids = new Map(vocabulary.map((word, index) => [word, FIRST_WORD + index]));
  const wordsIn = wordsOf(source, table);
  return {
    unknown: Array.from({ length }, () => 0),
    write: (list, out) => (item, start, row) => {
      wordsIn(item, list, row).forEach((word, i) => {
        if (i < length && word !== 'unknown') out[start + i] = ids.get(word) ?? 1;
      });
    },
  };
}
