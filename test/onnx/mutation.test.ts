import { InferenceSession, OnnxError, Tensor } from '@inkling/onnx';
import { expect, test } from 'vitest';
import { mutateBytes } from '../fuzz/mutate.ts';
import { buildModel, float32, int64 } from './model-builder.ts';
import { createRandom } from './random.ts';

const random = createRandom(7);
const model = buildModel({
  nodes: [
    { op: 'Constant', inputs: [], outputs: ['shape'], attributes: { value: int64([2], [-1, 6]) } },
    { op: 'Concat', inputs: ['context', 'items'], outputs: ['joined'], attributes: { axis: -1 } },
    {
      op: 'Gemm',
      inputs: ['joined', 'w', 'b'],
      outputs: ['hidden'],
      attributes: { transB: 1, alpha: { float: 0.5 } },
    },
    { op: 'Clip', inputs: ['hidden', 'low', ''], outputs: ['clipped'] },
    { op: 'Reshape', inputs: ['clipped', 'shape'], outputs: ['shaped'] },
    { op: 'Softmax', inputs: ['shaped'], outputs: ['weights'], attributes: { axis: 1 } },
    { op: 'Gather', inputs: ['weights', 'picks'], outputs: ['picked'], attributes: { axis: 1 } },
    { op: 'Unsqueeze', inputs: ['picked', 'axes'], outputs: ['deep'] },
    { op: 'MatMul', inputs: ['deep', 'v'], outputs: ['product'] },
    { op: 'Cast', inputs: ['product'], outputs: ['whole'], attributes: { to: 7 } },
    { op: 'Add', inputs: ['product', 'product'], outputs: ['sum'] },
    { op: 'Squeeze', inputs: ['sum', 'axes'], outputs: ['score'] },
  ],
  initializers: {
    w: float32([6, 5], random.floats(30)),
    b: float32([6], random.floats(6)),
    low: float32([], [-0.5]),
    picks: int64([3], [0, -1, 2]),
    axes: int64([1], [0]),
    v: float32([3, 2], random.floats(6)),
  },
  inputs: [
    { name: 'context', dims: ['N', 2] },
    { name: 'items', dims: ['N', 3] },
  ],
  outputs: [
    { name: 'score', dims: ['N', 2] },
    { name: 'whole', type: 'int64' },
  ],
  metadata: { 'inkling.output': 'logit' },
});
const feeds = {
  context: new Tensor('float32', random.floats(8), [4, 2]),
  items: new Tensor('float32', random.floats(12), [4, 3]),
};

async function outcome(bytes: Uint8Array): Promise<unknown> {
  try {
    return (await InferenceSession.create(bytes)).runSync(feeds);
  } catch (error) {
    return error;
  }
}

const mutate = (seed: number) => mutateBytes(model, createRandom(seed));

test('the model itself runs', async () => {
  expect(await outcome(model)).toHaveProperty('score.dims', [4, 2]);
});

test('a damaged model gives an OnnxError or a result, nothing else', async () => {
  const seen = new Map<string, number>();
  for (let seed = 0; seed < 6000; seed++) {
    const result = await outcome(mutate(seed));
    const kind = result instanceof OnnxError ? result.code : result instanceof Error ? 'other' : 'result';
    if (kind === 'other') expect.fail(`seed ${seed}: ${(result as Error).stack}`);
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
  }
  // The damage reaches every layer.
  expect([...seen.keys()].sort()).toEqual([
    'E_INPUT',
    'E_MODEL_FORMAT',
    'E_MODEL_LIMIT',
    'E_OPERATOR',
    'E_SHAPE',
    'result',
  ]);
});

test('every truncation gives an OnnxError', async () => {
  for (let length = 0; length < model.length; length++) {
    const result = await outcome(model.slice(0, length));
    if (!(result instanceof OnnxError)) expect(result).toHaveProperty('score.dims', [4, 2]);
  }
});
