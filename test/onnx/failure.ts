import { OnnxError } from '@inkling/onnx';
import { expect } from 'vitest';
import { buildModel, type ModelSpec } from './model-builder.ts';

/** A model of one Relu, but for what is given. */
export const linear = (overrides: Partial<ModelSpec>): Uint8Array =>
  buildModel({
    nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'], name: 'act' }],
    inputs: [{ name: 'x' }],
    outputs: [{ name: 'y' }],
    ...overrides,
  });

/** The `OnnxError` that `work` ends in; no other end will do. */
export async function failure(work: Promise<unknown> | (() => unknown)): Promise<OnnxError> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    expect(error).toBeInstanceOf(OnnxError);
    return error as OnnxError;
  }
  return expect.fail('no error');
}
