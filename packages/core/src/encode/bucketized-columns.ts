import type { BucketizedFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { numbersOf } from './number-columns.ts';
import { numberOf } from './source.ts';

export function bucketizedColumns(feature: BucketizedFeature, table: FeatureTable): Columns {
  const { edges } = feature;
  const numbersIn = numbersOf(feature, table);
  return {
    unknown: [0, ...edges.map(() => 0)],
    write(list, out) {
      const x = numbersIn(list);
      return (_, start, row) => {
        const value = numberOf(x[row]);
        if (!Number.isNaN(value)) out[start + edges.filter((edge) => edge <= value).length] = 1;
      };
    },
  };
}
