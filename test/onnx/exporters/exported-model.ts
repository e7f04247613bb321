import type { ModelSpec } from '../model-builder.ts';

/** What an input tensor is made of, by a seed, so that every engine gets the same. */
export interface FeedSpec {
  readonly name: string;
  readonly dims: readonly number[];
  /** @default float32, or int64 with `below` */
  readonly type?: 'float32' | 'float64' | 'int32' | 'int64' | 'bool' | 'string';
  /** Whole numbers below this; otherwise about normally distributed. */
  readonly below?: number;
  /** Numbers are multiples of this, so that some are equal to a threshold. */
  readonly step?: number;
  /** Every so many-th number is NaN: a missing value. */
  readonly missingEvery?: number;
  /** Every so many-th number is 0: padding. */
  readonly zeroEvery?: number;
  /** What strings are taken from. */
  readonly texts?: readonly string[];
}

/** A model with the operators, attributes and names that an exporter writes. */
export interface ExportedModel {
  readonly name: string;
  readonly spec: ModelSpec;
  readonly feeds: readonly FeedSpec[];
}
