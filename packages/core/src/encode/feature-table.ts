import type { RecentItem } from '../profile/profile.ts';
import type { EncodeInput } from './encode-input.ts';
import type { Feature } from './feature-spec.ts';
import type { TransformSpec } from './source-path.ts';

/** A list being encoded. */
export interface EncodeList extends EncodeInput {
  /** Affinities now, -1 to 1, by tag. */
  readonly taste: ReadonlyMap<string, number>;
  /** The profile's recent items by id. */
  readonly recents: ReadonlyMap<string, RecentItem>;
  /** For what follows from the list alone and is computed once. */
  readonly memo: Map<(list: EncodeList) => number, number>;
}

/** What stands in a row of the list, whatever it is. */
export type Read = (list: EncodeList, row: number) => unknown;

/** Writes a value into a column of the feature, of the row that is being encoded. */
export type Put = (column: number, value: number) => void;

/** The columns of one feature. */
export interface Columns {
  /** What they are when nothing is known. */
  readonly unknown: readonly number[];
  /** Puts what is not 0 in a row. */
  write(list: EncodeList, row: number, put: Put): void;
}

/** From the numbers of the list, NaN where missing, to others. */
export type Transform<T extends TransformSpec = TransformSpec> = (x: Float64Array, spec: T) => Float64Array;

/** What the names in a feature spec mean. The basic table knows what most packs need; the full one is loaded when a pack
 * names something else. */
export interface FeatureTable {
  readonly kinds: {
    readonly [K in Feature['kind']]?: (
      feature: Extract<Feature, { kind: K }>,
      table: FeatureTable,
    ) => Columns;
  };
  /** By path, or by the part of it before the colon; told the part after it. */
  readonly sources: Readonly<Record<string, (list: EncodeList, row: number, field: string) => unknown>>;
  readonly transforms: {
    readonly [T in TransformSpec['type']]?: Transform<Extract<TransformSpec, { type: T }>>;
  };
}
