import { log } from '../math.ts';
import { basicFeatures, sortedOf } from './basic-features.ts';
import { bucketizedColumns } from './bucketized-columns.ts';
import { crossColumns } from './cross-columns.ts';
import { cyclicColumns } from './cyclic-columns.ts';
import { embeddingColumns } from './embedding-columns.ts';
import type { FeatureTable, Read } from './feature-table.ts';
import { hashedColumns } from './hashed-columns.ts';
import { historySources } from './history-sources.ts';
import { ageInDays } from './item-age.ts';
import { named } from './source.ts';

/** Everything that a feature spec may name. */
export const fullFeatures: FeatureTable = {
  kinds: {
    ...basicFeatures.kinds,
    bucketized: bucketizedColumns,
    cyclic: cyclicColumns,
    cross: crossColumns,
    hashed: hashedColumns,
    embedding: embeddingColumns,
  },
  sources: {
    ...basicFeatures.sources,
    ...historySources,
    list: (field) => named<Read>({ position: (_, row) => row }, field),
    age: (field) => named<Read>({ days: ageInDays }, field),
  },
  transforms: {
    ...basicFeatures.transforms,
    reciprocal(x) {
      for (let i = 0; i < x.length; i++) x[i] = 1 / (1 + Math.max(0, x[i] as number));
    },
    'log-ratio'(x) {
      const sorted = sortedOf(x);
      const median = sorted[sorted.length >> 1] as number;
      x.forEach((value, i) => {
        x[i] = value > 0 && median > 0 ? log(value / median) : NaN;
      });
    },
    clip(x, { min = -Infinity, max = Infinity }) {
      for (let i = 0; i < x.length; i++) x[i] = Math.min(Math.max(x[i] as number, min), max);
    },
    standardize(x, { mean, std }) {
      for (let i = 0; i < x.length; i++) x[i] = ((x[i] as number) - mean) / std;
    },
  },
};
