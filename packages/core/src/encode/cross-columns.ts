import type { CrossFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { wordsOf } from './source.ts';

export function crossColumns({ sources, values: [left, right] }: CrossFeature, table: FeatureTable): Columns {
  const [leftIn, rightIn] = [wordsOf(sources[0], table), wordsOf(sources[1], table)];
  const [lefts, rights] = [indexOf(left), indexOf(right)];
  return {
    unknown: left.flatMap(() => right.map(() => 0)),
    write: (list, out) => (item, start, row) => {
      for (const a of leftIn(item, list, row)) {
        for (const b of rightIn(item, list, row)) {
          // A word that has no column gives NaN, which is no column.
          const column = (lefts.get(a) ?? NaN) * right.length + (rights.get(b) ?? NaN);
          if (column >= 0) out[start + column] = 1;
        }
      }
    },
  };
}

function indexOf(values: readonly string[]): ReadonlyMap<string, number> {
  return new Map(values.map((value, index) => [value, index]));
}
