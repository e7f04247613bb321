import { Tensor } from '@inkling/onnx';
import { describe, test } from 'vitest';
import { compareWithOracle, type Feeds } from './compare-with-oracle.ts';
import { float32, int64, type ModelSpec, type NodeSpec } from './model-builder.ts';
import { createRandom } from './random.ts';

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
  test.each(Object.entries(cases))('%s', async (_, create) => compareWithOracle(...create()));

  test.each([
    ['Squeeze', [1, 3, 1], [0]],
    ['Unsqueeze', [3, 2], [-1, 1]],
  ] as const)('%s by input (13)', (op, dims, axes) =>
    compareWithOracle(
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
    compareWithOracle(
      {
        nodes: [{ op: 'Constant', inputs: [], outputs: ['y'], attributes }],
        inputs: [],
        outputs: [{ name: 'y', type }],
      },
      {},
    ),
  );
});
