import { expect, expectTypeOf, test } from 'vitest';
import { OnnxError } from './onnx-error.ts';
import { Tensor, type TypedTensor } from './tensor.ts';

test('a tensor keeps its data', () => {
  const data = Float32Array.of(1, 2, 3, 4, 5, 6);
  const tensor = new Tensor('float32', data, [2, 3]);
  expect(tensor).toMatchObject({ type: 'float32', dims: [2, 3] });
  expect(tensor.data).toBe(data);
});

test('the type tells the data', () => {
  expectTypeOf(new Tensor('int64', BigInt64Array.of(1n), [])).toEqualTypeOf<TypedTensor<'int64'>>();
  const dataOf = (tensor: Tensor) => (tensor.type === 'int32' ? tensor.data : undefined);
  expectTypeOf(dataOf).returns.toEqualTypeOf<Int32Array | undefined>();
  // @ts-expect-error: a float tensor takes a Float32Array.
  expect(() => new Tensor('float32', Int32Array.of(1), [1])).toThrow(OnnxError);
});

test.each([
  ['another length', 'float32', new Float32Array(5), [2, 3]],
  ['another array', 'float32', new Float64Array(6), [2, 3]],
  ['a plain array', 'float32', [1, 2, 3, 4, 5, 6], [2, 3]],
  ['an unknown type', 'complex64', new Float64Array(6), [2, 3]],
  ['a name every object has', 'constructor', new Float32Array(6), [2, 3]],
  ['no data', 'float32', undefined, [2, 3]],
])('%s is E_INPUT', (_, type, data, dims) => {
  // What JavaScript callers can pass.
  expect(() => new Tensor(type as 'float32', data as Float32Array, dims)).toThrow(
    expect.objectContaining({ code: 'E_INPUT' }),
  );
});

test.each([[[-1, 6]], [[1.5, 4]], [[Number.NaN]]])('dims [%s] are E_SHAPE', (dims) => {
  expect(() => new Tensor('float32', new Float32Array(6), dims)).toThrow(
    expect.objectContaining({ code: 'E_SHAPE' }),
  );
});

test.each([[[1, 1, 1, 1, 1, 1, 1, 1, 1]], [[0, 2 ** 40]], [[2 ** 32]]])(
  'dims [%s] are E_MODEL_LIMIT',
  (dims) => {
    expect(() => new Tensor('float32', new Float32Array(1), dims)).toThrow(
      expect.objectContaining({ code: 'E_MODEL_LIMIT' }),
    );
  },
);
