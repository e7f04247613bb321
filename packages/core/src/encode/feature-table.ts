import type { RecentItem } from '../profile/recent-item.ts';
import type { EncodeInput } from './encode-input.ts';
import type { Feature } from './feature-spec.ts';
import type { TransformSpec } from './source-path.ts';

/** A list being encoded. */
export interface EncodeList extends EncodeInput {
  /** Affinities now, -1 to 1, by tag. */
  readonly taste: ReadonlyMap<string, number>;
  /** The profile's recent items by id. */
  readonly recents: ReadonlyMap<string, RecentItem>;
}

/** What stands in a row of the list, whatever it is. */
export type Read = (list: EncodeList, row: number) => unknown;

/** The columns of one feature. */
export interface Columns {
  /** What they are when nothing is known. */
  readonly unknown: readonly number[];
  /** Writes what is not 0 in a row. @param start place of the feature's first column in that row of `out` */
  write(list: EncodeList, row: number, out: Float32Array, start: number): void;
}

/** Told the numbers of the list, NaN where missing; what it gives turns each of them into another. */
export type Transform<T extends TransformSpec = TransformSpec> = (
  x: Float64Array,
  spec: T,
) => (value: number) => number;

/** What the names in a feature spec mean. The basic table knows what most packs need; the full one is loaded when a pack
 * names something else. */
export interface FeatureTable {
  readonly kinds: {
    readonly [K in Feature['kind']]?: (
      feature: Extract<Feature, { kind: K }>,
      table: FeatureTable,
    ) => Columns;
  };
  /** By the part of a path before the colon; told the part after it. @throws InklingError E_PACK_FORMAT */
  readonly sources: Readonly<Record<string, (field: string) => Read>>;
  readonly transforms: {
    readonly [T in TransformSpec['type']]?: Transform<Extract<TransformSpec, { type: T }>>;
  };
}
