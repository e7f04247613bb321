import { InferenceSession, OnnxError, type OnnxErrorCode, Tensor, type TypedTensor } from '@inkling/onnx';
import { describe, expect, test } from 'vitest';
import { buildModel, field, float32, int64, type ModelSpec } from './model-builder.ts';

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
const linear = (overrides: Partial<ModelSpec>): Uint8Array =>
  buildModel({
    nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'], name: 'act' }],
    inputs: [{ name: 'x' }],
    outputs: [{ name: 'y' }],
    ...overrides,
  });

async function failure(work: Promise<unknown> | (() => unknown)): Promise<OnnxError> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    expect(error).toBeInstanceOf(OnnxError);
    return error as OnnxError;
  }
  return expect.fail('no error');
}

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

describe('models that are refused', () => {
  const relu = { op: 'Relu', inputs: ['x'], outputs: ['y'] };
  test.each<[string, Uint8Array, OnnxErrorCode, string]>([
    ['nothing', new Uint8Array(), 'E_MODEL_FORMAT', 'graph'],
    [
      'a web page',
      new TextEncoder().encode('<!doctype html><title>Not found</title>'),
      'E_MODEL_FORMAT',
      'protobuf',
    ],
    ['too many bytes', new Uint8Array(8_388_609), 'E_MODEL_LIMIT', '8388608'],
    ['opset 6', linear({ opset: 6 }), 'E_MODEL_FORMAT', 'opset 6'],
    [
      'an unknown operator',
      linear({ nodes: [{ ...relu, op: 'Loop', name: 'again' }] }),
      'E_OPERATOR',
      'Loop "again": expected one of MatMul,Gemm',
    ],
    [
      'an operator of another domain',
      linear({ nodes: [{ ...relu, domain: 'com.microsoft' }] }),
      'E_OPERATOR',
      'com.microsoft.Relu "y"',
    ],
    [
      'an operator every object has',
      linear({ nodes: [{ ...relu, op: 'constructor' }] }),
      'E_OPERATOR',
      'constructor',
    ],
    [
      'a value nobody makes',
      linear({ nodes: [{ ...relu, inputs: ['z'] }] }),
      'E_MODEL_FORMAT',
      'Relu "y": expected values of earlier nodes, found "z"',
    ],
    [
      'a node before its input',
      linear({
        nodes: [
          { ...relu, inputs: ['a'] },
          { op: 'Relu', inputs: ['x'], outputs: ['a'] },
        ],
      }),
      'E_MODEL_FORMAT',
      '"a"',
    ],
    ['a cycle', linear({ nodes: [{ ...relu, inputs: ['y'] }] }), 'E_MODEL_FORMAT', '"y"'],
    ['an output nobody makes', linear({ outputs: [{ name: 'z' }] }), 'E_MODEL_FORMAT', '"z"'],
    ['a name made twice', linear({ nodes: [relu, relu] }), 'E_MODEL_FORMAT', '"y"'],
    ['an input twice', linear({ inputs: [{ name: 'x' }, { name: 'x' }] }), 'E_MODEL_FORMAT', '"x"'],
    [
      'a missing input',
      linear({ nodes: [{ ...relu, op: 'Add' }] }),
      'E_MODEL_FORMAT',
      'Add "y": expected 2 inputs, found [x]',
    ],
    ['an empty required input', linear({ nodes: [{ ...relu, inputs: [''] }] }), 'E_MODEL_FORMAT', 'Relu'],
    [
      'a missing attribute',
      linear({ nodes: [{ ...relu, op: 'Concat' }] }),
      'E_MODEL_FORMAT',
      'Concat "y": expected a number as axis',
    ],
    [
      'a cast to double',
      linear({ nodes: [{ ...relu, op: 'Cast', attributes: { to: 11 } }] }),
      'E_MODEL_FORMAT',
      'Cast "y"',
    ],
    [
      'a constant string',
      linear({ nodes: [{ ...relu, op: 'Constant', inputs: [], attributes: { value_string: 'a' } }] }),
      'E_OPERATOR',
      'Constant "y"',
    ],
    [
      'training',
      linear({
        nodes: [
          {
            op: 'BatchNormalization',
            inputs: ['x', 'x', 'x', 'x', 'x'],
            outputs: ['y'],
            attributes: { training_mode: 1 },
          },
        ],
      }),
      'E_OPERATOR',
      'training_mode',
    ],
    [
      'a double input',
      linear({ inputs: [{ name: 'x', type: 'float64' }] }),
      'E_MODEL_FORMAT',
      '"x": expected float32, int32, int64 or bool, found type 11',
    ],
    [
      'a double initializer',
      linear({ initializers: { c: { type: 'float64', dims: [1], data: new Float64Array(1) } } }),
      'E_MODEL_FORMAT',
      'tensor "c"',
    ],
    [
      'too little data',
      linear({ initializers: { c: { type: 'float32', dims: [3], data: new Float32Array(2) } } }),
      'E_MODEL_FORMAT',
      'tensor "c": expected elements for [3], found 2',
    ],
    [
      'huge dims',
      linear({
        initializers: { c: { type: 'float32', dims: [2 ** 31, 2 ** 31], data: new Float32Array(1) } },
      }),
      'E_MODEL_LIMIT',
      'tensor "c"',
    ],
    [
      'negative dims',
      linear({ initializers: { c: { type: 'float32', dims: [-1], data: new Float32Array(1) } } }),
      'E_SHAPE',
      'tensor "c"',
    ],
    [
      'external data',
      linear({
        initializers: {
          c: Uint8Array.from([...field(1, 1), ...field(2, 1), ...field(8, 'c'), ...field(14, 1)]),
        },
      }),
      'E_MODEL_FORMAT',
      'external data',
    ],
    [
      'constants that do not fit',
      linear({
        nodes: [{ op: 'Add', inputs: ['c', 'd'], outputs: ['y'] }],
        initializers: { c: float32([2], [1, 2]), d: float32([3], [1, 2, 3]) },
      }),
      'E_SHAPE',
      'Add "y" of float32[2] and float32[3]: expected shapes that broadcast',
    ],
  ])('%s', async (_, bytes, code, message) => {
    const error = await failure(InferenceSession.create(bytes));
    expect(error.message).toContain(message);
    expect(error.code).toBe(code);
  });
});

describe('runs that are refused', () => {
  const x = new Tensor('float32', new Float32Array(6), [2, 3]);
  test.each<[string, Partial<ModelSpec>, OnnxErrorCode, string]>([
    [
      'MatMul of unequal depth',
      { nodes: [{ op: 'MatMul', inputs: ['x', 'x'], outputs: ['y'] }] },
      'E_SHAPE',
      'MatMul "y" of float32[2,3] and float32[2,3]: expected shapes that multiply',
    ],
    [
      'MatMul of a scalar',
      {
        nodes: [{ op: 'MatMul', inputs: ['x', 'c'], outputs: ['y'] }],
        initializers: { c: float32([], [1]) },
      },
      'E_SHAPE',
      'float32[2,3] and float32[]',
    ],
    [
      'MatMul of integers',
      {
        nodes: [{ op: 'MatMul', inputs: ['x', 'c'], outputs: ['y'] }],
        initializers: { c: int64([3, 1], [1, 1, 1]) },
      },
      'E_OPERATOR',
      'MatMul "y" of float32[2,3] and int64[3,1]: expected inputs of one of float32',
    ],
    [
      'Gemm with a C that grows the result',
      {
        nodes: [{ op: 'Gemm', inputs: ['x', 'w', 'c'], outputs: ['y'] }],
        initializers: { w: float32([3, 1], [1, 1, 1]), c: float32([4], [1, 1, 1, 1]) },
      },
      'E_SHAPE',
      'Gemm',
    ],
    [
      'Gemm of a vector',
      {
        nodes: [{ op: 'Gemm', inputs: ['x', 'w'], outputs: ['y'] }],
        initializers: { w: float32([3], [1, 1, 1]) },
      },
      'E_SHAPE',
      'float32[2,3] and float32[3]: expected matrices',
    ],
    [
      'Add of mixed types',
      { nodes: [{ op: 'Add', inputs: ['x', 'c'], outputs: ['y'] }], initializers: { c: int64([1], [1]) } },
      'E_OPERATOR',
      'Add',
    ],
    [
      'Concat of shapes that differ',
      {
        nodes: [{ op: 'Concat', inputs: ['x', 'c'], outputs: ['y'], attributes: { axis: 1 } }],
        initializers: { c: float32([3, 1], [1, 1, 1]) },
      },
      'E_SHAPE',
      '[3,1]',
    ],
    [
      'Concat with a hole',
      { nodes: [{ op: 'Concat', inputs: ['x', ''], outputs: ['y'], attributes: { axis: 1 } }] },
      'E_SHAPE',
      'Concat',
    ],
    [
      'Softmax of an axis that is not there',
      { nodes: [{ op: 'Softmax', inputs: ['x'], outputs: ['y'], attributes: { axis: 2 } }] },
      'E_SHAPE',
      'Softmax',
    ],
    [
      'Gather beyond the end',
      { nodes: [{ op: 'Gather', inputs: ['x', 'c'], outputs: ['y'] }], initializers: { c: int64([1], [2]) } },
      'E_SHAPE',
      'within 2, found 2',
    ],
    [
      'Reshape to another size',
      {
        nodes: [{ op: 'Reshape', inputs: ['x', 'c'], outputs: ['y'] }],
        initializers: { c: int64([1], [5]) },
      },
      'E_SHAPE',
      '[5]',
    ],
    [
      'Reshape with two unknowns',
      {
        nodes: [{ op: 'Reshape', inputs: ['x', 'c'], outputs: ['y'] }],
        initializers: { c: int64([2], [-1, -1]) },
      },
      'E_SHAPE',
      'Reshape',
    ],
    [
      'Reshape that keeps a dim beyond the rank',
      {
        nodes: [{ op: 'Reshape', inputs: ['x', 'c'], outputs: ['y'] }],
        initializers: { c: int64([3], [2, 3, 0]) },
      },
      'E_SHAPE',
      'Reshape',
    ],
    [
      'Squeeze of a dim that is not 1',
      {
        nodes: [{ op: 'Squeeze', inputs: ['x', 'c'], outputs: ['y'] }],
        initializers: { c: int64([1], [1]) },
      },
      'E_SHAPE',
      'Squeeze',
    ],
    [
      'Unsqueeze of one axis twice',
      {
        nodes: [{ op: 'Unsqueeze', inputs: ['x', 'c'], outputs: ['y'] }],
        initializers: { c: int64([2], [0, 0]) },
      },
      'E_SHAPE',
      'Unsqueeze',
    ],
    [
      'more axes than dims are allowed',
      {
        nodes: [{ op: 'Unsqueeze', inputs: ['x', 'c'], outputs: ['y'] }],
        initializers: { c: int64([9], [0, 1, 2, 3, 4, 5, 6, 7, 8]) },
      },
      'E_MODEL_LIMIT',
      'Unsqueeze',
    ],
    [
      'BatchNormalization of other channels',
      {
        nodes: [{ op: 'BatchNormalization', inputs: ['x', 'c', 'c', 'c', 'c'], outputs: ['y'] }],
        initializers: { c: float32([2], [1, 1]) },
      },
      'E_SHAPE',
      'BatchNormalization',
    ],
  ])('%s', async (_, spec, code, message) => {
    const session = await InferenceSession.create(linear(spec));
    const error = await failure(session.run({ x }));
    expect(error.message).toContain(message);
    expect(error.code).toBe(code);
  });

  test('a result that would fill the memory', async () => {
    const session = await InferenceSession.create(
      linear({
        nodes: [{ op: 'Add', inputs: ['x', 'z'], outputs: ['y'] }],
        inputs: [{ name: 'x' }, { name: 'z' }],
      }),
    );
    const tall = new Tensor('float32', new Float32Array(16_384), [16_384, 1]);
    const wide = new Tensor('float32', new Float32Array(16_384), [1, 16_384]);
    expect(await failure(session.run({ x: tall, z: wide }))).toMatchObject({ code: 'E_MODEL_LIMIT' });
  });

  test('a chain that doubles at every node', async () => {
    const nodes = Array.from({ length: 40 }, (_, i) => ({
      op: 'Concat',
      inputs: i ? [`d${i}`, `d${i}`] : ['x', 'x'],
      outputs: [i < 39 ? `d${i + 1}` : 'y'],
      attributes: { axis: 0 },
    }));
    const session = await InferenceSession.create(linear({ nodes }));
    expect(await failure(session.run({ x }))).toMatchObject({ code: 'E_MODEL_LIMIT' });
  });

  test('products that would take minutes', async () => {
    const nodes = Array.from({ length: 12 }, (_, i) => ({
      op: 'MatMul',
      inputs: ['x', 'x'],
      outputs: [i < 11 ? `m${i}` : 'y'],
    }));
    const session = await InferenceSession.create(linear({ nodes }));
    const large = new Tensor('float32', new Float32Array(2048 * 2048), [2048, 2048]);
    expect(await failure(session.run({ x: large }))).toMatchObject({ code: 'E_MODEL_LIMIT' });
  });
});
