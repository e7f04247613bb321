import type { AnyFeatureSpec, ModelOutput, Scorer } from '@inkling/core';
import { createFullEncoder, modelInputs } from '@inkling/core/full';
import { InferenceSession } from '@inkling/onnx/full';
import { CliError } from '../cli-error.ts';
import { fingerprint } from './fingerprint.ts';

export interface Ranker {
  readonly scorer: Scorer;
  /** What its score means, as its metadata says. @default 'logit' */
  readonly output: ModelOutput;
  /** The model's `metadata_props`. */
  readonly metadata: Readonly<Record<string, string>>;
}

const OUTPUTS: readonly string[] = ['probability', 'logit', 'utility'] satisfies ModelOutput[];

/** The scorer of a ranker that was made for this spec. @throws CliError as `loadRanker` does */
export async function loadScorer(file: string, bytes: Uint8Array, spec: AnyFeatureSpec): Promise<Scorer> {
  return (await loadRanker(file, bytes, spec)).scorer;
}

/** Opens a ranker that was made for this spec. @throws CliError when it is not an ONNX model, made for another spec, or
 * says of its score what nobody knows */
export async function loadRanker(file: string, bytes: Uint8Array, spec: AnyFeatureSpec): Promise<Ranker> {
  const session = await InferenceSession.create(bytes).catch((cause: unknown) => {
    throw new CliError(
      file,
      '',
      'an ONNX model that @inkling/onnx runs',
      cause instanceof Error ? cause.message : String(cause),
    );
  });
  const expected = fingerprint(spec);
  const found = session.metadata['inkling.spec'] ?? 'none';
  if (found !== expected) throw new CliError(file, 'metadata inkling.spec', expected, found);
  const output = session.metadata['inkling.output'] ?? 'logit';
  if (!OUTPUTS.includes(output)) {
    throw new CliError(file, 'metadata inkling.output', OUTPUTS.join(', '), output);
  }
  const encoder = createFullEncoder(spec);
  return {
    output: output as ModelOutput,
    metadata: session.metadata,
    scorer(features, rows) {
      const out = session.runSync(modelInputs(encoder, features, rows));
      return out.score?.data as Float32Array;
    },
  };
}
