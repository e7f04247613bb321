import type { TensorType } from '@inkling/onnx/full';
import fc from 'fast-check';
import { type Attributes, type Case, float, type Nodes, opset, rows, unary } from './arbitrary-case.ts';
import { ALL, broadcastShapes, data, dimsOf, FLOATS, SOME } from './arbitrary-data.ts';

const pair = (
  types: readonly TensorType[],
  least = 9,
  output?: TensorType,
  range: readonly [number, number] = [-16, 16],
  attributes: fc.Arbitrary<Attributes> = fc.constant({}),
): fc.Arbitrary<Case> =>
  fc.tuple(fc.constantFrom(...types), broadcastShapes(2)).chain(([type, shapes]) =>
    fc.record({
      opset: opset(least),
      inputs: fc.tuple(data(type, shapes[0] as number[]), data(type, shapes[1] as number[], range)),
      attributes,
      outputs: fc.constant([output ?? type]),
    }),
  );

const fold = (types: readonly TensorType[], least: number): fc.Arbitrary<Case> =>
  fc
    .tuple(fc.constantFrom(...types), fc.integer({ min: 1, max: 3 }).chain(broadcastShapes))
    .chain(([type, shapes]) =>
      fc.record({
        opset: opset(least),
        inputs: fc.tuple(...shapes.map((dims) => data(type, dims))),
        outputs: fc.constant([type]),
      }),
    );

/** Elementwise operators: arithmetic, activations, comparisons. */
export const elementwiseNodes: Nodes = {
  Add: pair(ALL),
  Sub: pair(ALL),
  Mul: pair(ALL),
  Div: pair(ALL, 9, undefined, [1, 16]),
  Mod: fc.oneof(
    pair(
      ALL.filter((type) => !type.startsWith('float')),
      10,
      undefined,
      [1, 16],
    ),
    pair(FLOATS, 10, undefined, [1, 16], fc.constant({ fmod: 1 })),
  ),
  Pow: fc.oneof(
    pair(['float32', 'float64', 'int32', 'int64'], 9, undefined, [0, 5]),
    fc
      .tuple(fc.constantFrom(...SOME), fc.constantFrom(...SOME), broadcastShapes(2))
      .chain(([type, other, shapes]) =>
        fc.record({
          opset: opset(12),
          inputs: fc.tuple(
            data(type, shapes[0] as number[], [1, 16]),
            data(other, shapes[1] as number[], [0, 6]),
          ),
          outputs: fc.constant([type]),
        }),
      ),
  ),
  Neg: unary(['float32', 'float64', 'int8', 'int32', 'int64']),
  Abs: unary(ALL),
  Sign: unary(ALL),
  Sqrt: unary(FLOATS, 9, {}, [0, 40]),
  Exp: unary(FLOATS),
  Log: unary(FLOATS, 9, {}, [1, 100]),
  Reciprocal: unary(FLOATS, 9, {}, [1, 40]),
  Floor: unary(FLOATS),
  Ceil: unary(FLOATS),
  Round: unary(FLOATS, 11),
  Relu: unary(['float32', 'float64', 'int32', 'int8'], 9),
  Sigmoid: unary(FLOATS),
  Tanh: unary(FLOATS),
  Erf: unary(['float32']),
  LeakyRelu: unary(['float32'], 9, { alpha: float(-1, 1) }),
  PRelu: pair(FLOATS),
  Elu: unary(['float32'], 9, { alpha: float(0, 2) }),
  Selu: unary(['float32'], 9, { alpha: float(0, 2), gamma: float(1, 2) }),
  Celu: unary(['float32'], 12, { alpha: float(1, 2) }),
  HardSigmoid: unary(['float32'], 9, { alpha: float(0, 1), beta: float(0, 1) }),
  HardSwish: unary(['float32'], 14),
  Mish: unary(['float32'], 18),
  Softplus: unary(['float32']),
  Softsign: unary(['float32']),
  ThresholdedRelu: unary(['float32'], 10, { alpha: float(-1, 2) }),
  Clip: fc.constantFrom<TensorType>('float32', 'float64', 'int8', 'uint8', 'int32', 'int64').chain((type) =>
    fc.record({
      opset: opset(12),
      inputs: dimsOf().chain((dims) =>
        fc.tuple(
          data(type, dims),
          fc.oneof(fc.constant('' as const), data(type, [], [-8, 4])),
          data(type, [], [0, 8]),
        ),
      ),
      outputs: fc.constant([type]),
    }),
  ),
  Softmax: rows(FLOATS, 9),
  LogSoftmax: rows(FLOATS, 9),
  Hardmax: rows(['float32'], 9),
  Min: fold(ALL, 12),
  Max: fold(ALL, 12),
  Sum: fold(FLOATS, 9),
  Mean: fold(['float32'], 9),
  Equal: pair([...ALL, 'bool', 'string'], 19, 'bool'),
  Greater: pair(ALL, 9, 'bool'),
  GreaterOrEqual: pair(ALL, 12, 'bool'),
  Less: pair(ALL, 9, 'bool'),
  LessOrEqual: pair(ALL, 12, 'bool'),
  And: pair(['bool']),
  Or: pair(['bool']),
  Xor: pair(['bool']),
  Not: unary(['bool']),
  IsNaN: unary(['float32', 'float64'], 13).map((c) => ({ ...c, outputs: ['bool'] })),
  Where: fc
    .tuple(fc.constantFrom<TensorType>(...SOME, 'uint8', 'string'), broadcastShapes(3))
    .chain(([type, [a = [], b = [], c = []]]) =>
      fc.record({
        opset: opset(9),
        inputs: fc.tuple(data('bool', a), data(type, b), data(type, c)),
        outputs: fc.constant([type]),
      }),
    ),
};
