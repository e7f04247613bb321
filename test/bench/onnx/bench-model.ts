import type { FeedSpec } from '../../onnx/exporters/exported-model.ts';
import type { ModelSpec } from '../../onnx/model-builder.ts';

/** A model that is timed. */
export interface BenchModel {
  /** File name of the model, without `.onnx`. */
  readonly id: string;
  /** As it stands in the table. */
  readonly title: string;
  /** Which of our entries runs it. */
  readonly entry: 'onnx' | 'full';
  /** How many times faster than onnxruntime-web it has to be in Chromium, warm. */
  readonly target: number;
  readonly spec: ModelSpec;
  readonly feeds: readonly FeedSpec[];
}
