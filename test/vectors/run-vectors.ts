import { InferenceSession } from '@inkling/onnx';
import { type DecisionVectors, runDecisionVectors } from './run-decision-vectors.ts';
import { type EncoderVectors, runEncoderVectors } from './run-encoder-vectors.ts';

/** All that is committed. */
export interface Vectors {
  readonly encoder: readonly EncoderVectors[];
  readonly decision: DecisionVectors;
}

/** What computed the scores, and what differs from the vectors; nothing when all is well. */
export interface VectorReport {
  readonly backends: readonly string[];
  readonly faults: readonly string[];
}

/** Runs all vectors: the decisions by whatever the engine computes with here, and by its twin in JavaScript. */
export async function runVectors({ encoder, decision }: Vectors): Promise<VectorReport> {
  const runs = [
    await runDecisionVectors(decision, InferenceSession),
    await runDecisionVectors(decision, InferenceSession, { backend: 'js' }),
  ];
  return {
    backends: runs.map(({ backend }) => backend),
    faults: [...encoder.flatMap(runEncoderVectors), ...runs.flatMap(({ faults }) => faults)],
  };
}
