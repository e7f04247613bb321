import type { MatchFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { once, sourceOf, wordsOf } from './source.ts';

export function matchColumns({ signal, source }: MatchFeature, table: FeatureTable): Columns {
  const readSignal = sourceOf(signal, table);
  const wanted = once((list) => wordsOf(readSignal(list, 0))[0]);
  const read = sourceOf(source, table);
  return {
    unknown: [0, 0],
    write(list, row, out, start) {
      const value = wanted(list);
      for (const word of wordsOf(read(list, row))) {
        if (value !== 'unknown' && word !== 'unknown' && word !== 'all')
          out[start + Number(word !== value)] = 1;
      }
    },
  };
}
