import type { NumberFeature } from './feature-spec.ts';
import type { Columns, EncodeList, FeatureTable, Transform } from './feature-table.ts';
import { named, numberOf, once, sourceOf } from './source.ts';
import type { NumberPath, TransformSpec } from './source-path.ts';

/** Compiles a number and its transforms; NaN where it is missing. */
export function numbersOf(
  {
    source,
    transforms = [],
  }: { readonly source: NumberPath; readonly transforms?: readonly TransformSpec[] },
  table: FeatureTable,
): (list: EncodeList, row: number) => number {
  const read = sourceOf(source, table);
  // The table's type says that each transform takes the parameters of its own type.
  const steps = transforms.map((spec) => [named(table.transforms, spec.type) as Transform, spec] as const);
  // Transforms may look at the whole list.
  const numbers = once((list) => {
    let x = new Float64Array(list.items.map((_, row) => numberOf(read(list, row))));
    for (const [transform, spec] of steps) x = x.map(transform(x, spec));
    return x;
  });
  return (list, row) => numberOf(numbers(list)[row]);
}

export function numberColumns(feature: NumberFeature, table: FeatureTable): Columns {
  const { indicator = true } = feature;
  const numberIn = numbersOf(feature, table);
  return {
    unknown: indicator ? [0, 0] : [0],
    write(list, row, out, start) {
      const value = numberIn(list, row);
      if (Number.isNaN(value)) return;
      out[start] = value;
      if (indicator) out[start + 1] = 1;
    },
  };
}
