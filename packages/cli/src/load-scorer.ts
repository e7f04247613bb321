import { readFile } from 'node:fs/promises';
import type { AnyFeatureSpec, Scorer } from '@inkling/core';
import { createFullEncoder, modelInputs } from '@inkling/core/full';
import { InferenceSession } from '@inkling/onnx';
import { CliError } from './cli-error.ts';
import { fingerprint } from './fingerprint.ts';

/** Opens a ranker that was made for this spec. @throws CliError when it is not an ONNX model, or made for another spec */
export async function loadScorer(file: string, bytes: Uint8Array, spec: AnyFeatureSpec): Promise<Scorer> {
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
  const encoder = createFullEncoder(spec);
  return (features, rows) => {
    const out = session.runSync(modelInputs(encoder, features, rows));
    return out.score?.data as Float32Array;
  };
}

export async function readModel(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new CliError(file, '', 'a readable file', cause.code === 'ENOENT' ? 'no such file' : String(cause));
  });
}
