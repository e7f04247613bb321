import type { Item } from '../item.ts';
import type { NumberFeature } from './feature-spec.ts';
import type { Columns, EncodeList, FeatureTable, Transform } from './feature-table.ts';
import { named, numberOf, sourceOf } from './source.ts';
import type { NumberPath, TransformSpec } from './source-path.ts';

/** Compiles a number and its transforms: of a list, one for each item; where it is missing, NaN or one beyond
 * what f32 holds. */
export function numbersOf(
  {
    source,
    transforms = [],
  }: { readonly source: NumberPath; readonly transforms?: readonly TransformSpec[] },
  table: FeatureTable,
): (list: EncodeList) => Float64Array {
  const read = sourceOf(source, table);
  // The table's type says that each transform takes the parameters of its own type.
  const steps = transforms.map((spec) => (named(table.transforms, spec.type) as Transform)(spec));
  return (list) => {
    const x = new Float64Array(list.items.length);
    for (let row = 0; row < x.length; row++) x[row] = numberOf(read(list.items[row] as Item, list, row));
    for (const step of steps) step(x);
    return x;
  };
}

export function numberColumns(feature: NumberFeature, table: FeatureTable): Columns {
  const { indicator = true } = feature;
  const numbersIn = numbersOf(feature, table);
  return {
    unknown: indicator ? [0, 0] : [0],
    write(list, out) {
      const x = numbersIn(list);
      return (_, start, row) => {
        // As `numberOf`, which a transform may have left.
        if (Math.abs(x[row] as number) < 3.4e38) {
          out[start] = x[row] as number;
          if (indicator) out[start + 1] = 1;
        }
      };
    },
  };
}
