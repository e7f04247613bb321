import type { Feeds } from '@inkling/onnx/lean';
import type { StepDecider, StepOptions } from './decide-in-steps.ts';

/** A model ready to run. */
export interface Engine {
  readonly metadata: Readonly<Record<string, string>>;
  /** Gives the outputs; of an engine that answers later, promises of their data, for which only decisions in steps wait. */
  run(feeds: Feeds): Readonly<Record<string, { readonly data: unknown }>>;
  /** Where a run may take long. */
  readonly createStepDecider?: ((options: StepOptions) => StepDecider) | undefined;
}

/** What is needed where no engine of ours runs the model. */
export interface EngineSource {
  /** onnxruntime-web. @default such a model is not run */
  readonly ort?: OrtSource | undefined;
}

interface OrtSource {
  /** On this site. @default it has none */
  readonly address: string | URL | undefined;
  readonly report: (code: string, stage: string, cause: unknown) => void;
  /** Opens the pack once more, at most once, with this engine; the slots are then decided anew. */
  retry(engine: (model: Uint8Array) => Promise<Engine>): void;
}
