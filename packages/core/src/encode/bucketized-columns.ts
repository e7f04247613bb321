import type { BucketizedFeature } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { numbersOf } from './number-columns.ts';

export function bucketizedColumns(feature: BucketizedFeature, table: FeatureTable): Columns {
  const { edges } = feature;
  const numberIn = numbersOf(feature, table);
  return {
    unknown: [0, ...edges.map(() => 0)],
    write(list, row, out, start) {
      const value = numberIn(list, row);
      if (!Number.isNaN(value)) out[start + edges.filter((edge) => edge <= value).length] = 1;
    },
  };
}
