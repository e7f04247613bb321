import type { CrossFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { sourceOf, wordsOf } from './source.ts';

export function crossColumns({ sources, values: [left, right] }: CrossFeature, table: FeatureTable): Columns {
  const [readLeft, readRight] = [sourceOf(sources[0], table), sourceOf(sources[1], table)];
  const [lefts, rights] = [indexOf(left), indexOf(right)];
  return {
    unknown: left.flatMap(() => right.map(() => 0)),
    write(list, row, out, start) {
      for (const a of wordsOf(readLeft(list, row))) {
        for (const b of wordsOf(readRight(list, row))) {
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
