import { describe, expect, test } from 'vitest';
import {
  buildModel,
  field,
  float32,
  int64,
  type ModelSpec,
  type NodeSpec,
  type TensorSpec,
} from '../../../test/onnx/model-builder.ts';
import { inspect } from './inspect.ts';
import { OnnxError } from './onnx-error.ts';

const gemm: NodeSpec = { op: 'Gemm', inputs: ['x', 'w', 'b'], outputs: ['z'], attributes: { transB: 1 } };
const spec: ModelSpec = {
  nodes: [
    gemm,
    { op: 'Constant', inputs: [], outputs: ['two'], attributes: { value: int64([2], [1, 1]) } },
    { op: 'Relu', inputs: ['z'], outputs: ['h'] },
    { op: 'Relu', inputs: ['h'], outputs: ['y'] },
  ],
  initializers: {
    w: float32([3, 2], [1, 2, 3, 4, 5, 6]),
    b: { type: 'float16', dims: [3], data: Uint16Array.of(0, 0, 0) },
  },
  inputs: [{ name: 'x', dims: ['N', 2] }, { name: 'w' }],
  outputs: [{ name: 'y', dims: ['N', 3] }],
  metadata: { 'inkling.output': 'logit' },
  opset: 17,
};
const withNodes = (...nodes: NodeSpec[]): Uint8Array => buildModel({ ...spec, nodes: [gemm, ...nodes] });
const node = (op: string, domain = ''): NodeSpec => ({ op, domain, inputs: ['z'], outputs: ['y'] });

/** TensorProtos with `float_data` and `double_data` instead of `raw_data`. */
const floatList = (values: number[]): Uint8Array => tensorProto(1, 4, Float32Array.from(values));
const doubleList = (values: number[]): Uint8Array => tensorProto(11, 10, Float64Array.from(values));
function tensorProto(type: number, list: number, data: Float32Array | Float64Array): Uint8Array {
  const bytes = new Uint8Array(data.buffer);
  return Uint8Array.from([
    ...field(1, data.length),
    ...field(2, type),
    ...field(8, 'w'),
    ...field(list, bytes),
  ]);
}

test('a model says what it is made of', () => {
  expect(inspect(buildModel(spec))).toEqual({
    irVersion: 10,
    producer: '',
    opsets: { 'ai.onnx': 17 },
    operators: { Gemm: 1, Constant: 1, Relu: 2 },
    parameters: { count: 11, bytes: 6 * 4 + 3 * 2 + 2 * 8 },
    notFinite: [],
    // An initializer listed among the inputs, as old models do, is none.
    inputs: [{ name: 'x', type: 'float32', shape: ['N', 2] }],
    outputs: [{ name: 'y', type: 'float32', shape: ['N', 3] }],
    metadata: { 'inkling.output': 'logit' },
    tier: 'mlp',
    forcedBy: [],
  });
});

test('bytes in an ArrayBuffer, and who wrote them', () => {
  const bytes = Uint8Array.from([...buildModel(spec), ...field(2, 'pytorch'), ...field(3, '2.9.0')]);
  expect(inspect(bytes.slice().buffer).producer).toBe('pytorch 2.9.0');
});

test('a value without a shape, a symbol without a name, and what is no tensor', () => {
  const sequence = [...field(1, 's'), ...field(2, field(4, []))];
  const unnamed = [...field(1, 'u'), ...field(2, field(1, [...field(1, 1), ...field(2, field(1, []))]))];
  const bytes = buildModel({ ...spec, inputs: [{ name: 'x' }] });
  const more = field(7, [...field(11, sequence), ...field(11, unnamed)]);
  // Of a message written twice the first is read; so the graph is written anew, with all of it.
  expect(inspect(Uint8Array.from([...more, ...field(8, field(2, 17))])).inputs).toEqual([
    { name: 's', type: 'sequence' },
    { name: 'u', type: 'float32', shape: [''] },
  ]);
  expect(inspect(bytes).inputs).toEqual([{ name: 'x', type: 'float32' }]);
});

test.each<[string, TensorSpec | Uint8Array, number, number]>([
  ['floats', float32([4], [1, Number.NaN, Number.NaN, -1 / 0]), 2, 1],
  ['floats as a list', floatList([0, Number.NaN, 1 / 0]), 1, 1],
  ['doubles', { type: 'float64', dims: [2], data: Float64Array.of(Number.NaN, 1e300) }, 1, 0],
  ['doubles as a list', doubleList([1 / 0, 1]), 0, 1],
  ['half floats', { type: 'float16', dims: [3], data: Uint16Array.of(0x7e00, 0x7c00, 0x7bff) }, 1, 1],
  ['bfloat16', { type: 'bfloat16', dims: [3], data: Uint16Array.of(0x7fc0, 0xff80, 0x7f7f) }, 1, 1],
])('%s that are NaN or infinite are counted', (_, w, nan, infinite) => {
  const { notFinite } = inspect(buildModel({ ...spec, initializers: { ...spec.initializers, w } }));
  expect(notFinite).toEqual([{ name: 'w', nan, infinite }]);
});

test('so are those of a Constant, by the name of what it makes', () => {
  const value = float32([1], [Number.NaN]);
  const constant = { op: 'Constant', inputs: [], outputs: ['c'], attributes: { value } };
  expect(inspect(withNodes(constant)).notFinite).toEqual([{ name: 'c', nan: 1, infinite: 0 }]);
});

describe('the tier a model needs', () => {
  test.each<[string, Uint8Array, string, string[]]>([
    ['operators of the MLP tier', withNodes(node('Sigmoid')), 'mlp', []],
    ['one of the full tier', withNodes(node('TopK'), node('Relu')), 'full', ['TopK']],
    [
      'trees',
      withNodes(node('TreeEnsembleRegressor', 'ai.onnx.ml')),
      'full',
      ['ai.onnx.ml.TreeEnsembleRegressor'],
    ],
    ['one of neither', withNodes(node('TopK'), node('Loop'), node('If')), 'ort', ['Loop', 'If']],
    ['an operator of the other domain', withNodes(node('Relu', 'ai.onnx.ml')), 'ort', ['ai.onnx.ml.Relu']],
    ['a name that holds two', withNodes(node('Relu Sigmoid')), 'ort', ['Relu Sigmoid']],
    ['no name', withNodes(node('')), 'ort', ['']],
    ['a name of every object', withNodes(node('__proto__')), 'ort', ['__proto__']],
    [
      'a double input',
      buildModel({ ...spec, inputs: [{ name: 'x', type: 'float64' }] }),
      'full',
      ['float64'],
    ],
    ['a cast to half floats', withNodes({ ...node('Cast'), attributes: { to: 10 } }), 'full', ['float16']],
    ['texts', withNodes({ ...node('Constant'), attributes: { value_string: 'a' } }), 'full', ['string']],
    ['a cast to what the MLP tier has', withNodes({ ...node('Cast'), attributes: { to: 7 } }), 'mlp', []],
    [
      'a half-float input, unlike half-float weights',
      buildModel({ ...spec, inputs: [{ name: 'x', type: 'float16' }] }),
      'full',
      ['float16'],
    ],
  ])('%s', (_, bytes, tier, forcedBy) => {
    expect(inspect(bytes)).toMatchObject({ tier, forcedBy });
  });
});

describe('bytes that are no model', () => {
  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'a graph and its opsets, found 0 bytes'],
    ['text', new TextEncoder().encode('<!doctype html>'), 'protobuf'],
    [
      'a type that is not there',
      Uint8Array.from([...field(8, field(2, 17)), ...field(7, field(5, field(2, 99)))]),
      'a type of ONNX, found 99',
    ],
    [
      'negative dims',
      buildModel({ ...spec, initializers: { c: float32([-1], [1]) } }),
      'dims of tensor "c", found [-1]',
    ],
    [
      'dims that overflow',
      buildModel({ ...spec, initializers: { c: float32([2 ** 40, 2 ** 40], [1]) } }),
      'dims of tensor "c"',
    ],
    [
      'text where the graph should be',
      Uint8Array.from([...field(8, field(2, 17)), ...field(7, 'graph')]),
      'model: ',
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => inspect(bytes)).toThrow(OnnxError);
    expect(() => inspect(bytes)).toThrow(message);
  });

  test('a model cut anywhere gives an OnnxError or what is left of it', () => {
    const bytes = buildModel(spec);
    let refused = 0;
    for (let length = 0; length < bytes.length; length++) {
      try {
        inspect(bytes.subarray(0, length));
      } catch (error) {
        expect(error).toBeInstanceOf(OnnxError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(bytes.length / 2);
  });
});
