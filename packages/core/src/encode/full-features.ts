import { log } from '../math.ts';
import { basicFeatures, sortedOf } from './basic-features.ts';
import { bucketizedColumns } from './bucketized-columns.ts';
import { crossColumns } from './cross-columns.ts';
import { cyclicColumns } from './cyclic-columns.ts';
import { embeddingColumns } from './embedding-columns.ts';
import type { FeatureTable, Read, Transform } from './feature-table.ts';
import { hashedColumns } from './hashed-columns.ts';
import { historySources } from './history-sources.ts';
import { ageInDays } from './item-age.ts';
import { named, once } from './source.ts';
import type { TransformSpec } from './source-path.ts';

const LIST: Readonly<Record<string, () => Read>> = {
  position: () => (_, __, row) => row,
  untouched() {
    const places = once((_, { items, recents }) => {
      let place = 0;
      return items.map(({ id }) => (recents.has(id) ? NaN : place++));
    });
    return (item, list, row) => places(item, list, row)[row];
  },
};

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
    list: (field) => named(LIST, field)(),
    age: (field) => named<Read>({ days: ageInDays }, field),
  },
  transforms: {
    ...basicFeatures.transforms,
    reciprocal: each(() => (value) => 1 / (1 + Math.max(0, value))),
    'log-ratio': each((_, x) => {
      const sorted = sortedOf(x);
      const median = sorted[sorted.length >> 1] as number;
      return (value) => (value > 0 && median > 0 ? log(value / median) : NaN);
    }),
    clip: each(
      ({ min = -Infinity, max = Infinity }) =>
        (value) =>
          Math.min(Math.max(value, min), max),
    ),
    standardize: each(
      ({ mean, std }) =>
        (value) =>
          (value - mean) / std,
    ),
  },
};

/** A transform that turns number by number. @param prepare told what it was declared with, and all numbers of the list */
function each<T extends TransformSpec>(
  prepare: (spec: T, x: Float64Array) => (value: number) => number,
): Transform<T> {
  return (spec) => (x) => x.set(x.map(prepare(spec, x)));
}
