import { InferenceSession, type OnnxErrorCode, Tensor } from '@inkling/onnx';
import { describe, expect, test } from 'vitest';
import { failure, linear } from './failure.ts';
import { float32, int64, type ModelSpec } from './model-builder.ts';

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
