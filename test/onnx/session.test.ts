import { InferenceSession, Tensor, type TypedTensor } from '@inkling/onnx';
import { describe, expect, test } from 'vitest';
import { failure, linear } from './failure.ts';
import { buildModel, float32 } from './model-builder.ts';

const ranker = buildModel({
  nodes: [
    { op: 'Gemm', inputs: ['features', 'w', 'b'], outputs: ['logit'], name: 'dense_1' },
    { op: 'Sigmoid', inputs: ['logit'], outputs: ['score'] },
  ],
  initializers: { w: float32([2, 1], [1, -1]), b: float32([1], [0.5]) },
  inputs: [
    { name: 'features', dims: ['N', 2] },
    { name: 'w', dims: [2, 1] },
  ],
  outputs: [{ name: 'score', dims: ['N', 1] }],
  metadata: { 'inkling.output': 'probability' },
});
const features = new Tensor('float32', Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
describe('a session', () => {
  test('tells what the model declares', async () => {
    const session = await InferenceSession.create(ranker);
    expect(session.inputNames).toEqual(['features']);
    expect(session.outputNames).toEqual(['score']);
    expect(session.inputMetadata).toEqual([
      { name: 'features', isTensor: true, type: 'float32', shape: ['N', 2] },
    ]);
    expect(session.outputMetadata).toEqual([
      { name: 'score', isTensor: true, type: 'float32', shape: ['N', 1] },
    ]);
    expect(session.metadata).toEqual({ 'inkling.output': 'probability' });
    expect(session.backend).toBe('wasm');
  });

  test('gives results that are the caller’s own', async () => {
    const session = await InferenceSession.create(ranker);
    const first = await session.run({ features });
    const copy = first.score?.data.slice();
    const second = session.runSync({ features: new Tensor('float32', new Float32Array(6), [3, 2]) });
    expect(first.score?.data).toEqual(copy);
    expect(second.score?.data).not.toEqual(copy);
    expect(first.score).toBeInstanceOf(Tensor);
    (first.score as TypedTensor<'float32'>).data.fill(0);
    expect(session.runSync({ features }).score?.data).toEqual(copy);
  });

  test('does not hand out its constants or the feeds', async () => {
    const session = await InferenceSession.create(
      linear({
        nodes: [
          { op: 'Identity', inputs: ['x'], outputs: ['same'] },
          { op: 'Identity', inputs: ['c'], outputs: ['constant'] },
        ],
        initializers: { c: float32([1], [7]) },
        outputs: [{ name: 'same' }, { name: 'constant' }, { name: 'c' }],
      }),
    );
    const x = new Tensor('float32', Float32Array.of(3), [1]);
    const outputs = session.runSync({ x });
    for (const tensor of Object.values(outputs)) tensor.data.fill(0 as never);
    expect(x.data[0]).toBe(3);
    expect(session.runSync({ x })).toMatchObject({
      same: { data: { 0: 3 } },
      constant: { data: { 0: 7 } },
      c: { data: { 0: 7 } },
    });
  });

  test('takes any number of rows, run after run', async () => {
    const session = await InferenceSession.create(ranker);
    for (const rows of [3, 1, 500, 0, 2]) {
      const { score } = session.runSync({
        features: new Tensor('float32', new Float32Array(rows * 2), [rows, 2]),
      });
      expect(score?.dims).toEqual([rows, 1]);
      expect(new Set((score as TypedTensor<'float32'>).data).size).toBe(Math.min(rows, 1));
    }
  });

  test('gives the same bits as ever', async () => {
    const { score } = (await InferenceSession.create(ranker)).runSync({ features });
    expect(Array.from(new Uint32Array((score as TypedTensor<'float32'>).data.buffer))).toMatchInlineSnapshot(`
      [
        1052855555,
        1052855555,
        1052855555,
      ]
    `);
  });

  test('refuses to run after release', async () => {
    const session = await InferenceSession.create(ranker);
    await session.release();
    expect((await failure(session.run({ features }))).code).toBe('E_RELEASED');
    expect((await failure(() => session.runSync({ features }))).code).toBe('E_RELEASED');
  });
});

describe('a model may come as', () => {
  test('a view of a larger buffer, which may change afterwards', async () => {
    const larger = Buffer.alloc(ranker.length + 20, 255);
    larger.set(ranker, 7);
    const session = await InferenceSession.create(larger.subarray(7, 7 + ranker.length));
    larger.fill(0);
    expect(session.runSync({ features }).score?.data[0]).toBeCloseTo(1 / (1 + Math.exp(0.5)), 6);
  });

  test('an ArrayBuffer', async () => {
    expect((await InferenceSession.create(ranker.slice().buffer)).inputNames).toEqual(['features']);
  });

  test.each([
    ['a string', '/ranker.onnx'],
    ['a URL', new URL('https://example.com/ranker.onnx')],
  ])('%s', async (_, source) => {
    const asked: string[] = [];
    const session = await InferenceSession.create(source, {
      fetch: async (url) => {
        asked.push(url);
        return new Response(ranker.slice());
      },
    });
    expect(session.inputNames).toEqual(['features']);
    expect(asked).toEqual([String(source)]);
  });

  test('nothing, when the network fails', async () => {
    const cause = new TypeError('offline');
    const offline = await failure(InferenceSession.create('/a', { fetch: () => Promise.reject(cause) }));
    expect(offline).toMatchObject({ code: 'E_FETCH', cause });
    const missing = await failure(
      InferenceSession.create('/a', { fetch: async () => new Response('', { status: 404 }) }),
    );
    expect(missing.code).toBe('E_FETCH');
    expect(missing.message).toContain('404');
  });
});

describe('feeds', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['missing', {}, 'input "features": expected float32[N,2], found nothing'],
    ['unknown', { features, extra: features }, 'expected one of features, found extra'],
    ['of another type', { features: new Tensor('int32', new Int32Array(4), [2, 2]) }, 'found int32[2,2]'],
    [
      'of another width',
      { features: new Tensor('float32', new Float32Array(3), [1, 3]) },
      'expected float32[N,2], found float32[1,3]',
    ],
    ['of another rank', { features: new Tensor('float32', new Float32Array(2), [2]) }, 'found float32[2]'],
    [
      'that lie about their size',
      { features: { type: 'float32', data: new Float32Array(3), dims: [2, 2] } },
      'found 3 of float32[2,2]',
    ],
  ])('%s are E_INPUT', async (_, feeds, message) => {
    const session = await InferenceSession.create(ranker);
    const error = await failure(session.run(feeds as Record<string, Tensor>));
    expect(error.code).toBe('E_INPUT');
    expect(error.message).toContain(message);
  });
});
