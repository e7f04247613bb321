import { expect, test } from 'vitest';
import { buildModel, float32 } from '../../../test/onnx/model-builder.ts';
import { InferenceSession } from './inference-session.ts';
import { inspect } from './inspect.ts';
import { createLeanSession } from './lean-session.ts';

const bytes = buildModel({
  nodes: [
    { op: 'MatMul', inputs: ['x', 'w'], outputs: ['h'] },
    { op: 'Tanh', inputs: ['h'], outputs: ['y'] },
  ],
  initializers: { w: float32([3, 2], [1, 2, 3, 4, 5, 6]) },
  inputs: [{ name: 'x', dims: ['N', 3] }],
  outputs: [{ name: 'y' }],
});
const x = { type: 'float32', data: new Float32Array(15), dims: [5, 3] };
/** Ten elements twice, and a product of depth 3. */
const STEPS = 2 * 10 * 64 + 10 * 3;

test('a Node Buffer, which shares its memory with others', () => {
  for (let before = 0; before < 4; before++) {
    const buffer = Buffer.concat([Buffer.alloc(before), bytes]).subarray(before);
    expect(createLeanSession(buffer).runSync({ x })).toEqual(createLeanSession(bytes).runSync({ x }));
    expect(inspect(buffer)).toEqual(inspect(bytes));
  }
});

test('steps are counted as in the whole entry: those of products, and 64 for each element', async () => {
  for (const [maxWork, refused] of [
    [STEPS, undefined],
    [STEPS - 1, 'E_MODEL_LIMIT'],
  ] as const) {
    const options = { limits: { maxWork } };
    for (const session of [
      createLeanSession(bytes, options),
      await InferenceSession.create(bytes, options),
    ]) {
      const run = (): unknown => session.runSync({ x });
      if (refused) expect(run).toThrow(expect.objectContaining({ code: refused }));
      // A run begins from none.
      else for (let i = 0; i < 2; i++) expect(run()).toHaveProperty('y');
    }
  }
});
