import type { SignalPath } from '../context/context.ts';
import type { TagMean } from '../profile/taste-prior.ts';
import type { NumberPath, TextPath, TransformSpec } from './source-path.ts';

/** One named reason. Features of a group are switched on and off together when a decision is explained. */
export interface FeatureGroup {
  readonly id: string;
  /** Said when no feature of the group has a more precise sentence. */
  readonly sentence: string;
}

interface FeatureBase {
  readonly group: string;
  /** What a visitor reads when this feature decided. `{weather.condition}` is replaced by the signal's phrase,
   * `{tags}` by the phrases of the item's tags that matter here. */
  readonly sentence: string;
}

/** One column for each value, and one for anything else, unknown included. */
export interface OneHotFeature extends FeatureBase {
  readonly kind: 'one-hot';
  readonly source: TextPath;
  readonly values: readonly string[];
}

/** One column for each value: 1 where the item has it. Several may be 1, or none. */
export interface MultiHotFeature extends FeatureBase {
  readonly kind: 'multi-hot';
  readonly source: TextPath;
  readonly values: readonly string[];
}

/** Two columns: the source has the signal's value; both are known and differ. Both are 0 where either is not known, or
 * the source is `all`. */
export interface MatchFeature extends FeatureBase {
  readonly kind: 'match';
  readonly signal: SignalPath;
  readonly source: TextPath;
}

/** The number after its transforms, in their order, and 1 where it is known. A number that is missing, or that a
 * transform is not defined for, is 0. */
export interface NumberFeature extends FeatureBase {
  readonly kind: 'number';
  readonly source: NumberPath;
  readonly transforms?: readonly TransformSpec[];
  /** Whether the second column exists. @default true */
  readonly indicator?: boolean;
}

/** One column for each interval between the edges, which ascend, and beyond them; an edge belongs to the interval above
 * it. All are 0 where the number is missing. */
export interface BucketizedFeature extends FeatureBase {
  readonly kind: 'bucketized';
  readonly source: NumberPath;
  readonly transforms?: readonly TransformSpec[];
  readonly edges: readonly number[];
}

/** Two columns, sine and cosine of 2π · number / period, so that the last value stands beside the first. Both are 0
 * where the number is missing, which is no point of the circle. */
export interface CyclicFeature extends FeatureBase {
  readonly kind: 'cyclic';
  readonly source: NumberPath;
  /** 24 for `time.hour`, 7 for `time.weekday`, 12 for a month. */
  readonly period: number;
}

/** One column for each pair of a first and a second value, the second varying fastest. */
export interface CrossFeature extends FeatureBase {
  readonly kind: 'cross';
  readonly sources: readonly [TextPath, TextPath];
  readonly values: readonly [readonly string[], readonly string[]];
}

/** The hashing trick with a signed hash (Weinberger et al., "Feature hashing for large scale multitask learning", ICML
 * 2009, section 2): each value, or each combination of values of several sources, adds 1 or -1 to the column its hash
 * names. What is not known adds nothing. */
export interface HashedFeature extends FeatureBase {
  readonly kind: 'hashed';
  readonly sources: readonly TextPath[];
  /** Columns. */
  readonly buckets: number;
  /** Another seed gives other collisions. @default '' */
  readonly seed?: string;
}

/** Ids for a table of embeddings inside the model, given to it as int64[items × length] under the name `input` and left
 * out of `features`. 0 is nothing here, 1 a value that the vocabulary lacks, 2 its first word. */
export interface EmbeddingFeature extends FeatureBase {
  readonly kind: 'embedding';
  readonly source: TextPath;
  readonly vocabulary: readonly string[];
  readonly input: string;
  /** Values of one item, those beyond it being dropped. @default 1 */
  readonly length?: number;
}

/** A recipe for one or more columns. */
export type Feature =
  | OneHotFeature
  | MultiHotFeature
  | MatchFeature
  | NumberFeature
  | BucketizedFeature
  | CyclicFeature
  | CrossFeature
  | HashedFeature
  | EmbeddingFeature;

/** The versioned recipe from context, profile and item to the ranker's numbers. It is data, shipped in the pack. */
export interface FeatureSpec {
  readonly format: 2;
  /** At most 10. */
  readonly groups: readonly FeatureGroup[];
  readonly features: readonly Feature[];
  /** Words for values, e.g. `{"weather.condition": {"rain": "raining"}, "tags": {"coffee": "coffee"}}`. */
  readonly phrases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Half-life of tag affinities in days. @default 14 */
  readonly halfLifeDays?: number;
  /** What affinities shrink to where the visitor has done little. @default 0 for every tag */
  readonly means?: readonly TagMean[];
}
