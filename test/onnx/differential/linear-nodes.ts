import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import { type Case, flag, float, type Nodes, opset, some, unary } from './arbitrary-case.ts';
import { axisOf, broadcastShapes, data, dimsOf, SOME } from './arbitrary-data.ts';
import type { Data } from './graph-model.ts';

const matrices = (types: readonly TensorType[]): fc.Arbitrary<[Data, Data]> =>
  fc
    .tuple(
      fc.constantFrom(...types),
      broadcastShapes(2),
      fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 6 }))),
    )
    .chain(([type, [a = [], b = []], [m, k, n]]) =>
      fc.tuple(
        data(type, [...a.slice(-2), m, k] as number[]),
        data(type, [...b.slice(-2), k, n] as number[]),
      ),
    );

const quantized = (op: 'QuantizeLinear' | 'DequantizeLinear'): fc.Arbitrary<Case> =>
  fc
    .tuple(fc.constantFrom<TensorType>('int8', 'uint8'), dimsOf(1), opset(13, 21), fc.boolean(), fc.boolean())
    .chain(([type, dims, version, isAxis, hasZero]) =>
      axisOf(dims.length).chain((axis) => {
        const shape = isAxis ? [dims.at(axis) as number] : [];
        return fc
          .tuple(
            data(
              op === 'QuantizeLinear' ? 'float32' : type,
              dims,
              op === 'QuantizeLinear' ? [-300, 300] : [-100, 100],
            ),
            data('float32', shape, [1, 8]),
            data(type, shape, [-20, 20]),
          )
          .map(
            ([x, scale, zero]): Case => ({
              opset: version,
              inputs: hasZero ? [x, scale, { ...zero, isStored: true }] : [x, scale],
              attributes: isAxis ? { axis } : {},
              outputs: [op === 'QuantizeLinear' ? (hasZero ? type : 'uint8') : 'float32'],
            }),
          );
      }),
    );

/** Matrix products, and quantization. */
export const linearNodes: Nodes = {
  MatMul: matrices(SOME).chain(([a, b]) =>
    fc.record({ opset: opset(13), inputs: fc.constant([a, b]), outputs: fc.constant([a.type]) }),
  ),
  Gemm: fc
    .tuple(
      fc.constantFrom<TensorType>('float32', 'float64'),
      flag,
      flag,
      fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 6 }))),
    )
    .chain(([type, transA, transB, [m = 1, k = 1, n = 1]]) =>
      fc.record({
        opset: opset(11),
        inputs: fc.tuple(
          data(type, transA ? [k, m] : [m, k]),
          data(type, transB ? [n, k] : [k, n]),
          fc.constantFrom([], [1], [n], [m, 1], [m, n]).chain((dims) => data(type, dims)),
        ),
        attributes: some({ alpha: float(-2, 2), beta: float(-2, 2) }).map((a) => ({ ...a, transA, transB })),
        outputs: fc.constant([type]),
      }),
    ),
  MatMulInteger: fc
    .tuple(
      fc.constantFrom<TensorType>('uint8', 'int8'),
      fc.constantFrom<TensorType>('uint8', 'int8'),
      fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 6 }))),
      fc.boolean(),
    )
    .chain(([a, b, [m = 1, k = 1, n = 1], perColumn]) =>
      fc.record({
        opset: opset(10),
        inputs: fc.tuple(
          data(a, [m, k], [-128, 127]),
          data(b, [k, n], [-128, 127]),
          data(a, [], [-9, 9]),
          data(b, perColumn ? [n] : [], [-9, 9]),
        ),
        outputs: fc.constant(['int32'] as const),
      }),
    ),
  QuantizeLinear: quantized('QuantizeLinear'),
  DequantizeLinear: quantized('DequantizeLinear'),
  DynamicQuantizeLinear: unary(['float32'], 11, {}, [-64, 64]).map((c) => ({
    ...c,
    outputs: ['uint8', 'float32', 'uint8'] as const,
  })),
};
