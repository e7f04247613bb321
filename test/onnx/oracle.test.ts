import { InferenceSession, Tensor, type TensorLike } from '@inkling/onnx';
import { InferenceSession as OracleSession, Tensor as OracleTensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import {
  buildModel,
  float32,
  int64,
  type ModelSpec,
  type NodeSpec,
  type TensorSpec,
} from './model-builder.ts';
import { createRandom } from './random.ts';

type Feeds = Record<string, Tensor>;

/** Both engines run the model; every output must agree in type, shape and, to a rounding or so, value. */
async function compare(spec: ModelSpec, feeds: Feeds): Promise<void> {
  const model = buildModel(spec);
  const theirs = await OracleSession.create(model, { logSeverityLevel: 3 });
  const expected = await theirs.run(
    Object.fromEntries(
      Object.entries(feeds).map(([name, t]) => [name, new OracleTensor(t.type, t.data, t.dims)]),
    ),
  );
  await theirs.release();
  const ours = await InferenceSession.create(model);
  expect(ours.inputNames).toEqual(theirs.inputNames);
  expect(ours.outputNames).toEqual(theirs.outputNames);
  const found = await ours.run(feeds);
  for (const name of theirs.outputNames) expectClose(found[name] as Tensor, expected[name] as TensorLike);
}

function expectClose(found: TensorLike, expected: TensorLike): void {
  expect(found.type).toBe(expected.type);
  expect(found.dims).toEqual(expected.dims);
  if (found.type !== 'float32') {
    expect(Array.from(found.data as Int32Array)).toEqual(Array.from(expected.data as Int32Array));
    return;
  }
  const [a, b] = [
    Array.from(found.data as Float32Array, Number),
    Array.from(expected.data as Float32Array, Number),
  ];
  const far = a.findIndex(
    (x, i) => !Object.is(x, b[i]) && !(Math.abs(x - Number(b[i])) <= 2e-6 + 1e-5 * Math.abs(Number(b[i]))),
  );
  expect(far < 0 ? null : { at: far, found: a[far], expected: b[far] }).toBeNull();
}

const random = createRandom(1);
const floats = (dims: number[], scale = 1): Tensor =>
  new Tensor(
    'float32',
    random.floats(dims.reduce((a, b) => a * b, 1)).map((x) => x * scale),
    dims,
  );
const integers = (type: 'int32' | 'int64', dims: number[], values: number[]): Tensor =>
  type === 'int32'
    ? new Tensor(type, Int32Array.from(values), dims)
    : new Tensor(type, BigInt64Array.from(values, BigInt), dims);

/** One node, whose inputs are fed under the names a, b, c …; '' leaves one out. */
function single(
  op: string,
  inputs: (Tensor | '')[],
  attributes: NonNullable<NodeSpec['attributes']> = {},
  opset = 21,
  outputType: Tensor['type'] = 'float32',
): [ModelSpec, Feeds] {
  const names = inputs.map((input, i) => input && 'abcdefg'.charAt(i));
  const fed = inputs.flatMap((tensor, i) => (tensor ? [{ name: names[i] as string, tensor }] : []));
  return [
    {
      opset,
      nodes: [{ op, inputs: names, outputs: ['y'], attributes }],
      inputs: fed.map(({ name, tensor }) => ({
        name,
        type: tensor.type,
        dims: tensor.dims.map((_, i) => `${name}${i}`),
      })),
      outputs: [{ name: 'y', type: outputType }],
    },
    Object.fromEntries(fed.map(({ name, tensor }) => [name, tensor])),
  ];
}

describe('each operator agrees with onnxruntime', () => {
  const cases: Record<string, () => [ModelSpec, Feeds]> = {
    'MatMul 2-D': () => single('MatMul', [floats([5, 7]), floats([7, 6])]),
    'MatMul vectors': () => single('MatMul', [floats([7]), floats([7])]),
    'MatMul vector by batch': () => single('MatMul', [floats([7]), floats([3, 7, 2])]),
    'MatMul batch by vector': () => single('MatMul', [floats([2, 3, 4, 7]), floats([7])]),
    'MatMul batches broadcast': () => single('MatMul', [floats([2, 1, 3, 4]), floats([5, 4, 3])]),
    'MatMul empty rows': () => single('MatMul', [floats([0, 4]), floats([4, 3])]),
    'MatMul empty depth': () => single('MatMul', [floats([2, 0]), floats([0, 3])]),
    Gemm: () => single('Gemm', [floats([3, 4]), floats([4, 5]), floats([5])]),
    'Gemm without C': () => single('Gemm', [floats([3, 4]), floats([4, 5])], { alpha: { float: 0.5 } }),
    'Gemm transA': () => single('Gemm', [floats([4, 3]), floats([4, 5]), floats([3, 1])], { transA: 1 }),
    'Gemm transB, scaled': () =>
      single('Gemm', [floats([3, 4]), floats([5, 4]), floats([1, 5])], {
        transB: 1,
        alpha: { float: 0.25 },
        beta: { float: -2 },
      }),
    'Gemm both, scalar C, opset 7': () =>
      single('Gemm', [floats([4, 3]), floats([5, 4]), floats([])], { transA: 1, transB: 1 }, 7),
    ...Object.fromEntries(
      ['Add', 'Sub', 'Mul', 'Div'].flatMap((op) => [
        [`${op} same shape`, () => single(op, [floats([3, 4]), floats([3, 4])])],
        [`${op} row`, () => single(op, [floats([3, 4]), floats([4])])],
        [`${op} column`, () => single(op, [floats([3, 1]), floats([2, 1, 4])])],
        [`${op} scalars`, () => single(op, [floats([]), floats([])])],
        [`${op} opset 7`, () => single(op, [floats([1]), floats([2, 3])], {}, 7)],
        [`${op} empty`, () => single(op, [floats([0, 3]), floats([1, 3])])],
        [
          `${op} int32`,
          () =>
            single(
              op,
              [
                integers('int32', [4], [7, -7, 2147483647, 1234567891]),
                integers('int32', [4], [2, 2, 3, 987654321]),
              ],
              {},
              21,
              'int32',
            ),
        ],
        [
          `${op} int64`,
          () =>
            single(
              op,
              [integers('int64', [4], [7, -7, 2 ** 52, 9]), integers('int64', [1], [2])],
              {},
              21,
              'int64',
            ),
        ],
      ]),
    ),
    ...Object.fromEntries(
      ['Relu', 'Sigmoid', 'Tanh', 'Erf', 'LeakyRelu', 'Identity'].flatMap((op) => [
        [op, () => single(op, [floats([40, 25], 3)])],
        [
          `${op} special values`,
          () =>
            single(op, [
              new Tensor(
                'float32',
                Float32Array.of(0, -0, 1e-20, -1e-7, 1e-3, 15, -15, 50, -50, 3e38, -3e38),
                [11],
              ),
            ]),
        ],
      ]),
    ),
    'LeakyRelu alpha': () => single('LeakyRelu', [floats([9])], { alpha: { float: 0.3 } }, 16),
    Gelu: () => single('Gelu', [floats([300], 3)], {}, 20),
    'Gelu tanh': () => single('Gelu', [floats([300], 3)], { approximate: 'tanh' }, 20),
    'Clip attributes (opset 6 form)': () =>
      single('Clip', [floats([9])], { min: { float: -0.5 }, max: { float: 0.25 } }, 10),
    'Clip inputs': () =>
      single('Clip', [floats([9]), floats([]), new Tensor('float32', Float32Array.of(0.5), [])], {}, 13),
    'Clip max only': () =>
      single('Clip', [floats([9]), '', new Tensor('float32', Float32Array.of(0.5), [])], {}, 11),
    'Clip min above max': () =>
      single(
        'Clip',
        [
          floats([9]),
          new Tensor('float32', Float32Array.of(1), []),
          new Tensor('float32', Float32Array.of(-1), []),
        ],
        {},
        13,
      ),
    'Clip int64': () =>
      single(
        'Clip',
        [integers('int64', [3], [-9, 0, 9]), integers('int64', [], [-2]), integers('int64', [], [3])],
        {},
        13,
        'int64',
      ),
    'Softmax last axis (13)': () => single('Softmax', [floats([2, 3, 4], 5)]),
    'Softmax axis 0 (13)': () => single('Softmax', [floats([2, 3, 4], 5)], { axis: 0 }),
    'Softmax axis 1 (13)': () => single('Softmax', [floats([2, 3, 4], 5)], { axis: 1 }, 13),
    'Softmax default (11)': () => single('Softmax', [floats([2, 3, 4], 5)], {}, 11),
    'Softmax axis 0 (7)': () => single('Softmax', [floats([2, 3, 4], 5)], { axis: 0 }, 7),
    'Softmax axis 0 (12)': () => single('Softmax', [floats([2, 3, 4], 5)], { axis: 0 }, 12),
    'Softmax axis -1 (12)': () => single('Softmax', [floats([2, 3, 4], 5)], { axis: -1 }, 12),
    BatchNormalization: () =>
      single('BatchNormalization', [
        floats([4, 3, 2]),
        floats([3]),
        floats([3]),
        floats([3]),
        new Tensor('float32', Float32Array.of(1, 0.5, 2), [3]),
      ]),
    'BatchNormalization 2-D, opset 9, one row': () =>
      single(
        'BatchNormalization',
        [
          floats([1, 3]),
          floats([3]),
          floats([3]),
          floats([3]),
          new Tensor('float32', Float32Array.of(1, 0.5, 2), [3]),
        ],
        { epsilon: { float: 0.01 } },
        9,
      ),
    'Concat axis 0': () => single('Concat', [floats([2, 3]), floats([1, 3]), floats([0, 3])], { axis: 0 }),
    'Concat axis -1': () => single('Concat', [floats([2, 3, 1]), floats([2, 3, 4])], { axis: -1 }),
    'Concat axis 1, int64': () =>
      single(
        'Concat',
        [integers('int64', [2, 1], [1, 2]), integers('int64', [2, 2], [3, 4, 5, 6])],
        { axis: 1 },
        13,
        'int64',
      ),
    'Gather axis 0': () => single('Gather', [floats([5, 3]), integers('int64', [2, 2], [0, 4, -1, 2])]),
    'Gather axis 1': () =>
      single('Gather', [floats([2, 5, 3]), integers('int32', [3], [4, 0, -5])], { axis: 1 }),
    'Gather scalar index': () => single('Gather', [floats([5, 3]), integers('int64', [], [2])], { axis: -1 }),
    Reshape: () => single('Reshape', [floats([2, 3, 4]), integers('int64', [3], [0, -1, 2])]),
    'Reshape allowzero': () =>
      single('Reshape', [floats([0, 3]), integers('int64', [2], [3, 0])], { allowzero: 1 }, 14),
    'Reshape to a scalar': () => single('Reshape', [floats([1, 1]), integers('int64', [0], [])]),
    Flatten: () => single('Flatten', [floats([2, 3, 4])]),
    'Flatten axis 0': () => single('Flatten', [floats([2, 3, 4])], { axis: 0 }),
    'Flatten axis 3': () => single('Flatten', [floats([2, 3, 4])], { axis: 3 }),
    'Flatten axis -1': () => single('Flatten', [floats([2, 3, 4])], { axis: -1 }),
    'Squeeze all': () => single('Squeeze', [floats([1, 3, 1])]),
    'Squeeze attribute (11)': () => single('Squeeze', [floats([1, 3, 1])], { axes: [-1] }, 11),
    'Unsqueeze attribute (11)': () => single('Unsqueeze', [floats([3])], { axes: [0, 2] }, 11),
    ...Object.fromEntries(
      (['float32', 'int32', 'int64', 'bool'] as const).flatMap((type) => [
        [
          `Cast float32 to ${type}`,
          () =>
            single(
              'Cast',
              [new Tensor('float32', Float32Array.of(0, -1.9, 1.9, 300, 0.3), [5])],
              { to: { float32: 1, int32: 6, int64: 7, bool: 9 }[type] },
              13,
              type,
            ),
        ],
        [
          `Cast int64 to ${type}`,
          () =>
            single(
              'Cast',
              [integers('int64', [3], [0, -5, 2 ** 33 + 1])],
              { to: { float32: 1, int32: 6, int64: 7, bool: 9 }[type] },
              13,
              type,
            ),
        ],
        [
          `Cast bool to ${type}`,
          () =>
            single(
              'Cast',
              [new Tensor('bool', Uint8Array.of(0, 1), [2])],
              { to: { float32: 1, int32: 6, int64: 7, bool: 9 }[type] },
              13,
              type,
            ),
        ],
      ]),
    ),
  };
  test.each(Object.entries(cases))('%s', async (_, create) => compare(...create()));

  test.each([
    ['Squeeze', [1, 3, 1], [0]],
    ['Unsqueeze', [3, 2], [-1, 1]],
  ] as const)('%s by input (13)', (op, dims, axes) =>
    compare(
      {
        opset: 13,
        nodes: [{ op, inputs: ['x', 'axes'], outputs: ['y'] }],
        initializers: { axes: int64([axes.length], [...axes]) },
        inputs: [{ name: 'x', dims: [...dims] }],
        outputs: [{ name: 'y' }],
      },
      { x: floats([...dims]) },
    ),
  );

  test.each<[string, NonNullable<NodeSpec['attributes']>, Tensor['type']]>([
    ['value', { value: float32([2], [1, 2]) }, 'float32'],
    ['value_float', { value_float: { float: 1.5 } }, 'float32'],
    ['value_floats', { value_floats: { floats: [1.5, -2] } }, 'float32'],
    ['value_int', { value_int: -7 }, 'int64'],
    ['value_ints', { value_ints: [1, -2, 3] }, 'int64'],
  ])('Constant %s', (_, attributes, type) =>
    compare(
      {
        nodes: [{ op: 'Constant', inputs: [], outputs: ['y'], attributes }],
        inputs: [],
        outputs: [{ name: 'y', type }],
      },
      {},
    ),
  );
});

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'a random perceptron, seed %i, agrees with onnxruntime',
  async (seed) => {
    const { integer, floats: draw } = createRandom(seed + 100);
    const rows = 1 + integer(40);
    const widths = [1 + integer(40), 1 + integer(70), 1 + integer(40), 1];
    const initializers: Record<string, TensorSpec> = {};
    const nodes: NodeSpec[] = [
      { op: 'Concat', inputs: ['a', 'b'], outputs: ['h0'], attributes: { axis: 1 } },
    ];
    const [first = 1] = widths;
    const wide = 1 + integer(20);
    let width = first + wide;
    widths.slice(1).forEach((next, i) => {
      const transposed = integer(2) === 1;
      const weights = draw(width * next).map((x) => x / Math.sqrt(width));
      initializers[`w${i}`] = float32(transposed ? [next, width] : [width, next], weights);
      initializers[`b${i}`] = float32([next], draw(next));
      if (transposed || integer(2)) {
        nodes.push({
          op: 'Gemm',
          inputs: [`h${i}`, `w${i}`, `b${i}`],
          outputs: [`z${i}`],
          attributes: { transB: transposed ? 1 : 0 },
        });
      } else {
        nodes.push({ op: 'MatMul', inputs: [`h${i}`, `w${i}`], outputs: [`m${i}`] });
        nodes.push({ op: 'Add', inputs: [`m${i}`, `b${i}`], outputs: [`z${i}`] });
      }
      const activation = ['Relu', 'Tanh', 'Sigmoid', 'LeakyRelu', 'Gelu'][integer(5)] as string;
      nodes.push({
        op: i === widths.length - 2 ? 'Sigmoid' : activation,
        inputs: [`z${i}`],
        outputs: [`h${i + 1}`],
      });
      width = next;
    });
    await compare(
      {
        nodes,
        initializers,
        inputs: [
          { name: 'a', dims: ['N', first] },
          { name: 'b', dims: ['N', wide] },
        ],
        outputs: [{ name: `h${widths.length - 1}`, dims: ['N', 1] }],
      },
      {
        a: new Tensor('float32', draw(rows * first), [rows, first]),
        b: new Tensor('float32', draw(rows * wide), [rows, wide]),
      },
    );
  },
);

test('half-float weights stored in the model are read as floats', async () => {
  const halves = {
    0: 0,
    32768: -0,
    1: 2 ** -24,
    33791: -1023 * 2 ** -24,
    1024: 2 ** -14,
    13653: 0.333251953125,
    15360: 1,
    50432: -5,
    31743: 65504,
    31744: Number.POSITIVE_INFINITY,
    64512: Number.NEGATIVE_INFINITY,
    32256: Number.NaN,
  };
  const bits = Object.keys(halves).map(Number);
  const spec: ModelSpec = {
    nodes: [{ op: 'Cast', inputs: ['w'], outputs: ['y'], attributes: { to: 1 } }],
    initializers: { w: { type: 'float16', dims: [bits.length], data: Uint16Array.from(bits) } },
    inputs: [],
    outputs: [{ name: 'y' }],
  };
  await compare(spec, {});
  const { y } = (await InferenceSession.create(buildModel(spec))).runSync({});
  expect(y?.data).toEqual(Float32Array.from(Object.values(halves)));
});

test('onnxruntime tensors are accepted as they are', async () => {
  const session = await InferenceSession.create(
    buildModel({
      nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }],
      inputs: [{ name: 'x', dims: [2] }],
      outputs: [{ name: 'y' }],
    }),
  );
  const { y } = session.runSync({ x: new OracleTensor('float32', Float32Array.of(-1, 2), [2]) });
  expect(y?.data).toEqual(Float32Array.of(0, 2));
});
