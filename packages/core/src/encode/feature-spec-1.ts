import type { SignalPath } from '../context/context.ts';
import type { FeatureSpec } from './feature-spec.ts';

interface FeatureBase1 {
  readonly group: string;
  readonly sentence: string;
}

export type NumberSource1 = 'price' | 'popularity' | 'position' | 'age';
export type NumberScale1 = 'log' | 'reciprocal' | 'share' | 'log-ratio';
export type RecentMeasure1 = 'last' | 'rank' | 'views' | 'clicks' | 'age' | 'after-last' | 'before-last';

/** A feature of format 1. */
export type Feature1 = FeatureBase1 &
  (
    | { readonly kind: 'signal'; readonly signal: SignalPath; readonly values: readonly string[] }
    | { readonly kind: 'tags'; readonly tags: readonly string[] }
    | { readonly kind: 'attribute'; readonly attribute: string; readonly values: readonly string[] }
    | { readonly kind: 'match'; readonly signal: SignalPath; readonly attribute: string }
    | {
        readonly kind: 'number';
        readonly source: NumberSource1;
        readonly scale: NumberScale1;
      }
    | { readonly kind: 'affinity' }
    | { readonly kind: 'recent'; readonly measure: RecentMeasure1 }
    | { readonly kind: 'history' }
  );

/** The first format of the feature spec: read, no longer written. `upgradeSpec` turns it into the present one. */
export interface FeatureSpec1 extends Omit<FeatureSpec, 'format' | 'features'> {
  readonly format: 1;
  readonly features: readonly Feature1[];
}

/** A feature spec as it was written, in either format. */
export type AnyFeatureSpec = FeatureSpec | FeatureSpec1;
