import type { ModelSpec } from '../../onnx/model-builder.ts';

/** What a page or worker makes an input tensor of, by a seed, so that every side gets the same. */
export interface FeedSpec {
  readonly name: string;
  readonly dims: readonly number[];
  /** Whole numbers below this, as int64; otherwise float32, about normally distributed. */
  readonly below?: number;
}

/** A model that is timed. */
export interface BenchModel {
  /** File name of the model, without `.onnx`. */
  readonly id: string;
  /** As it stands in the table. */
  readonly title: string;
  /** Which of our entries runs it. */
  readonly entry: 'onnx' | 'full';
  /** How many times faster than onnxruntime-web it has to be, warm. */
  readonly target: number;
  readonly spec: ModelSpec;
  readonly feeds: readonly FeedSpec[];
}
