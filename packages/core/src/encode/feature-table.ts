import type { Item } from '../item.ts';
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

/** What stands in a row of the list, whatever it is. @param item the row's own */
export type Read<T = unknown> = (item: Item, list: EncodeList, row: number) => T;

/** The columns of one feature. */
export interface Columns {
  /** What they are when nothing is known. */
  readonly unknown: readonly number[];
  /** Begins a list; what it gives writes what is not 0 in a row. */
  write(list: EncodeList, out: Float32Array): WriteRow;
}

/** @param start place of the feature's first column in the item's row of the output */
type WriteRow = (item: Item, start: number, row: number) => void;

/** Compiles a transform: what it gives turns the numbers of a list, NaN where missing, into others, in place. */
export type Transform<T extends TransformSpec = TransformSpec> = (spec: T) => (x: Float64Array) => void;

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
