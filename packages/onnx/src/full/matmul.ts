import { broadcast } from '../broadcast.ts';
import { fail } from '../onnx-error.ts';
import type { Operator, OperatorNode, Operators } from '../operator.ts';
import { expectDims } from '../operators/elementwise.ts';
import { mlpOperators } from '../operators/mlp.ts';
import { type Dims, reshape, sizeOf, type TensorType, type Value } from '../value.ts';
import { contract } from './contraction.ts';
import { combine, stretch } from './layout.ts';
import { cellOf, FLOATS, isWide } from './types.ts';

const MATRIX = `${FLOATS}, int32, uint32, int64, uint64`;

/** The matrix product, of each pair of matrices where there are more dimensions. */
function multiply(
  node: OperatorNode,
  a: Value,
  b: Value,
  type: TensorType = a.type,
  transA = 0,
  transB = 0,
): Value {
  const dimsA = a.dims.length > 1 ? a.dims : [1, ...a.dims];
  const dimsB = b.dims.length > 1 ? b.dims : [...b.dims, 1];
  const [heightA = 0, widthA = 0] = dimsA.slice(-2);
  const [heightB = 0, widthB = 0] = dimsB.slice(-2);
  const [rows, depth] = transA ? [widthA, heightA] : [heightA, widthA];
  const [columns, depthB] = transB ? [heightB, widthB] : [widthB, heightB];
  if (depth !== depthB || !a.dims.length || !b.dims.length) fail('E_SHAPE', 'shapes that multiply');
  const { dims } = broadcast(dimsA.slice(0, -2), dimsB.slice(0, -2));
  const matrices = (own: Dims): Dims =>
    stretch(own.slice(0, -2), dims).map((stride) => stride * sizeOf(own.slice(-2)));
  const [rowA, stepA] = transA ? [1, widthA] : [widthA, 1];
  const [stepB, columnB] = transB ? [1, widthB] : [widthB, 1];
  const product = contract(
    node,
    type,
    [...dims, rows, columns, depth],
    dims.length + 2,
    [a, [...matrices(dimsA), rowA, 0, stepA]],
    [b, [...matrices(dimsB), 0, columnB, stepB]],
  );
  return reshape(product, [
    ...dims,
    ...(a.dims.length > 1 ? [rows] : []),
    ...(b.dims.length > 1 ? [columns] : []),
  ]);
}

/** `x` less its zero point, or one for each row, or for each column. */
function shift(node: OperatorNode, x: Value, zero: Value | undefined, isRow: boolean): Value {
  if (!['int8', 'uint8'].includes(x.type)) fail('E_OPERATOR', 'int8 or uint8');
  if (!zero) return x;
  const size = sizeOf(zero.dims);
  const dims = isRow && x.dims.length > 1 ? [size, 1] : [size];
  return expectDims(
    combine(node, x, reshape(zero, dims), (v, w) => v - w, 'int32'),
    x.dims,
  );
}

export const matmul: Operators = {
  MatMul: [
    2,
    MATRIX,
    (node) => {
      const float = (mlpOperators.MatMul as Operator)[2](node);
      return (a, b) => (a.type === 'float32' ? float(a, b) : multiply(node, a, b));
    },
  ],

  Gemm: [
    2,
    MATRIX,
    (node) => {
      const float = (mlpOperators.Gemm as Operator)[2](node);
      const alpha = node.number('alpha', 1);
      const beta = node.number('beta', 1);
      const transA = node.number('transA', 0);
      const transB = node.number('transB', 0);
      return (a, b, c?: Value) => {
        if (a.type === 'float32') return c ? float(a, b, c) : float(a, b);
        if (a.dims.length !== 2 || b.dims.length !== 2) fail('E_SHAPE', 'matrices');
        if (isWide(a.type) && (alpha !== 1 || beta !== 1))
          fail('E_OPERATOR', 'alpha and beta 1 for integers');
        const product = multiply(node, a, b, a.type, transA, transB);
        const scale = (v: number, factor: number): number => (factor === 1 ? v : v * factor);
        const added = c ?? { type: a.type, data: [cellOf(a.type, 0)], dims: [] };
        const sum = combine(node, product, added, (v, w) => scale(v, alpha) + scale(w, beta));
        return expectDims(sum, product.dims);
      };
    },
  ],

  MatMulInteger: [
    2,
    '',
    (node) => (a, b, zeroA?: Value, zeroB?: Value) =>
      multiply(node, shift(node, a, zeroA, true), shift(node, b, zeroB, false), 'int32'),
  ],
};
