import type { Feeds, Outputs } from '@inkling/onnx/lean';
import type { StepDecider, StepOptions } from './decide-in-steps.ts';

/** A model ready to run. */
export interface Engine {
  readonly metadata: Readonly<Record<string, string>>;
  run(feeds: Feeds): Outputs;
  /** Where a run may take long. */
  readonly createStepDecider?: ((options: StepOptions) => StepDecider) | undefined;
}
