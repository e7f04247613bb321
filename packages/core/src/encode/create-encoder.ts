import type { Item } from '../item.ts';
import { tastePrior } from '../profile/taste-prior.ts';
import { tastes } from '../profile/tastes.ts';
import { refuse } from '../refuse.ts';
import { basicFeatures } from './basic-features.ts';
import type { EncodeInput } from './encode-input.ts';
import type { FeatureSpec } from './feature-spec.ts';
import type { Columns, FeatureTable } from './feature-table.ts';
import { isSignal, named } from './source.ts';

export interface Encoder {
  readonly spec: FeatureSpec;
  /** Columns of a row. */
  readonly width: number;
  /** The index of the feature each column belongs to. */
  readonly featureOf: readonly number[];
  /** A row of which nothing is known. */
  readonly unknown: Float32Array;
  /** The features of every item, row by row: f32[items × width]. Every number is finite. */
  encode(input: EncodeInput): Float32Array;
}

/** Compiles a feature spec. Training, serving and explaining all run this one encoder.
 * @param table `fullFeatures` of `@inkling/core/full` knows every kind, source and transform
 * @throws InklingError E_PACK_FORMAT, also for a name that the table does not know */
export function createEncoder(spec: FeatureSpec, table: FeatureTable = basicFeatures): Encoder {
  if (spec.format !== 2) refuse('E_PACK_FORMAT', 'spec.format', '2', spec.format);
  // Explaining costs 2^groups scores.
  if (spec.groups.length > 10) refuse('E_PACK_FORMAT', 'spec.groups', 'at most 10', spec.groups.length);
  const parts = spec.features.map((feature) => {
    // The table's type says that each kind has the compiler of its own features.
    const compile = named(table.kinds, feature.kind) as (f: typeof feature, t: FeatureTable) => Columns;
    return compile(feature, table);
  });
  const featureOf = parts.flatMap((part, index) => part.unknown.map(() => index));
  const width = featureOf.length;
  return {
    spec,
    width,
    featureOf,
    unknown: Float32Array.from(parts.flatMap((part) => part.unknown)),
    encode(input) {
      const { context, profile, items, now } = input;
      const out = new Float32Array(items.length * width);
      const list = {
        ...input,
        taste: tastes(profile, now, spec.halfLifeDays ?? 14, tastePrior(spec.means ?? [], context)),
        recents: new Map(profile?.recents.map((recent) => [recent.id, recent])),
      };
      for (const isShared of [true, false]) {
        parts.forEach((part, index) => {
          const { source } = spec.features[index] as { readonly source?: string };
          if (isSignal(source) !== isShared) return;
          const write = part.write(list, out);
          let start = featureOf.indexOf(index);
          const end = isShared ? width : out.length;
          for (let row = 0; start < end; row++, start += width) write(items[row] as Item, start, row);
        });
        // What all rows share was written to the first and is copied, twice as many rows each time.
        for (let done = width; isShared && done < out.length; done *= 2) out.copyWithin(done, 0, done);
      }
      return out;
    },
  };
}
