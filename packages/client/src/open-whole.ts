import { InferenceSession } from '@inkling/onnx/full';
import { createStepDecider } from './decide-in-steps.ts';
import type { Engine } from './engine.ts';

/** The engine with all operators. */
export async function openWhole(model: Uint8Array): Promise<Engine> {
  const { metadata, runSync } = await InferenceSession.create(model);
  return { metadata, run: runSync, createStepDecider };
}
