import type { MatchFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { sourceOf, wordsOf } from './source.ts';

export function matchColumns({ signal, source }: MatchFeature, table: FeatureTable): Columns {
  const readSignal = sourceOf(signal, table);
  const read = sourceOf(source, table);
  return {
    unknown: [0, 0],
    write(list, row, put) {
      const [value] = wordsOf(readSignal(list, row));
      for (const word of wordsOf(read(list, row))) {
        if (value !== 'unknown' && word !== 'unknown' && word !== 'all') put(Number(word !== value), 1);
      }
    },
  };
}
