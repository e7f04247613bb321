import { cos, sin } from '../math.ts';
import type { CyclicFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { numbersOf } from './number-columns.ts';
import { numberOf } from './source.ts';

export function cyclicColumns(feature: CyclicFeature, table: FeatureTable): Columns {
  const numbersIn = numbersOf(feature, table);
  return {
    unknown: [0, 0],
    write(list, out) {
      const x = numbersIn(list);
      return (_, start, row) => {
        const turns = numberOf(x[row]) / feature.period;
        if (Number.isNaN(turns)) return;
        const angle = 2 * Math.PI * (turns - Math.floor(turns));
        out[start] = sin(angle);
        out[start + 1] = cos(angle);
      };
    },
  };
}
