import { InferenceSession, type OnnxErrorCode } from '@inkling/onnx';
import { describe, expect, test } from 'vitest';
import { failure, linear } from './failure.ts';
import { field, float32 } from './model-builder.ts';

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
