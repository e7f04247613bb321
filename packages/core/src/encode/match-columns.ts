import type { MatchFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { wordsOf } from './source.ts';

export function matchColumns({ signal, source }: MatchFeature, table: FeatureTable): Columns {
  const signalIn = wordsOf(signal, table);
  const wordsIn = wordsOf(source, table);
  return {
    unknown: [0, 0],
    write: (list, out) => (item, start, row) => {
      const [wanted] = signalIn(item, list, row);
      for (const word of wordsIn(item, list, row)) {
        if (wanted !== 'unknown' && word !== 'unknown' && word !== 'all')
          out[word === wanted ? start : start + 1] = 1;
      }
    },
  };
}
