import type { AdaptSpec, ModelOutput } from './adapt-spec.ts';
import type { Posterior } from './posterior.ts';

/** The ranker's own scores of some rows, and the rows. */
export interface RankedRows {
  readonly ranked: Float32Array;
  /** f32[ranked × width] */
  readonly features: Float32Array;
}

/** What policies that learn want to know. */
export interface PolicyInputs {
  /** The adapted scores of all rows for one draw of the weights from what the device believes. The same seed and number
   * give the same draw.
   * @param spread share of the standard deviations that the draw keeps. @default 1 */
  readonly sampleScores: (seed: string, sample: number, spread?: number) => Float32Array;
}

/** The port to what the device has learnt. It holds no state: what was learnt is in the posterior. */
export interface Adapter {
  readonly spec: AdaptSpec;
  readonly output: ModelOutput;
  /** The ranker's scores with what was learnt added; the same array where nothing was. */
  adapt(posterior: Posterior | undefined, rows: RankedRows): Float32Array;
  forPolicies(posterior: Posterior | undefined, rows: RankedRows): PolicyInputs;
}
