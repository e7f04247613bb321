import type { SignalPath } from '../context/context.ts';
import type { TagMean } from '../profile/taste-prior.ts';

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

export type NumberSource = 'price' | 'popularity' | 'position' | 'age';
export type NumberScale = 'log' | 'reciprocal' | 'share' | 'log-ratio';
export type RecentMeasure = 'last' | 'rank' | 'views' | 'clicks' | 'age' | 'after-last' | 'before-last';

/** A recipe for one or more columns. */
export type Feature = FeatureBase &
  (
    | /** One column for each value and one for anything else, unknown included. */
    {
        readonly kind: 'signal';
        readonly signal: SignalPath;
        readonly values: readonly string[];
      } /** One column for each tag: 1 where the item has it. */
    | {
        readonly kind: 'tags';
        readonly tags: readonly string[];
      } /** One column for each value of the item's attribute. */
    | {
        readonly kind: 'attribute';
        readonly attribute: string;
        readonly values: readonly string[];
      } /** Two columns: the attribute equals the signal; both are known and differ. */
    | {
        readonly kind: 'match';
        readonly signal: SignalPath;
        readonly attribute: string;
      } /** Two columns: the number, and 1 where it is known. `log` is ln(1 + x); `reciprocal` 1 / (1 + x); `share` the
       rank among the candidates from 0 to 1; `log-ratio` ln(x / median of the candidates). `age` is in days. */
    | {
        readonly kind: 'number';
        readonly source: NumberSource;
        readonly scale: NumberScale;
      } /** Two columns: mean and maximum of the visitor's affinity to the item's tags, each in -1 to 1. */
    | {
        readonly kind: 'affinity';
      } /** One column from the visitor's recent items. `after-last` and `before-last` are 1 / distance when the item
       stands after or before the most recent one in the authored order. */
    | {
        readonly kind: 'recent';
        readonly measure: RecentMeasure;
      } /** Three columns: share of the candidates among the recent items, ln(1 + actions) and 1 / (1 + minutes since the
       last action). */
    | { readonly kind: 'history' }
  );

/** The versioned recipe from context, profile and item to the ranker's numbers. It is data, shipped in the pack. */
export interface FeatureSpec {
  readonly format: 1;
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
