import { broadcast, createWalk } from '../broadcast.ts';
import { fail } from '../onnx-error.ts';
import type { Operator, OperatorNode, Operators } from '../operator.ts';
import { mlpOperators } from '../operators/mlp.ts';
import { sizeOf, type TensorType, type Value } from '../value.ts';
import { combine } from './layout.ts';
import { cellOf, FLOATS, isWide } from './types.ts';

const MATRIX = `${FLOATS}, int32, uint32, int64, uint64`;

interface Options {
  readonly transA?: number;
  readonly transB?: number;
  /** Taken away from the elements of `a`, one or one for each row, and of `b`, one or one for each column. */
  readonly zeroA?: Value | undefined;
  readonly zeroB?: Value | undefined;
}

/** The matrix product, of each pair of matrices where there are more dimensions, as sums of doubles or bigints. */
function multiply(
  node: OperatorNode,
  a: Value,
  b: Value,
  type: TensorType,
  { transA, transB, zeroA, zeroB }: Options,
): Value {
  const dimsA = a.dims.length > 1 ? a.dims : [1, ...a.dims];
  const dimsB = b.dims.length > 1 ? b.dims : [...b.dims, 1];
  const [heightA = 0, widthA = 0] = dimsA.slice(-2);
  const [heightB = 0, widthB = 0] = dimsB.slice(-2);
  const [rows, depth] = transA ? [widthA, heightA] : [heightA, widthA];
  const [columns, depthB] = transB ? [heightB, widthB] : [widthB, heightB];
  if (depth !== depthB || !a.dims.length || !b.dims.length) fail('E_SHAPE', 'shapes that multiply');
  const { dims, loops } = broadcast(dimsA.slice(0, -2), dimsB.slice(0, -2));
  const shape = [...dims, ...(a.dims.length > 1 ? [rows] : []), ...(b.dims.length > 1 ? [columns] : [])];
  const out = node.allocate(type, shape, depth);
  const [rowA, stepA] = transA ? [1, widthA] : [widthA, 1];
  const [stepB, columnB] = transB ? [1, widthB] : [widthB, 1];
  const zero = cellOf(type, 0);
  const isInteger = type === 'int32' && a.type === type;
  const sizes = [zeroA, zeroB].map((x) => sizeOf(x?.dims ?? []));
  if (![1, rows].includes(sizes[0] as number) || ![1, columns].includes(sizes[1] as number)) {
    fail('E_SHAPE', 'one zero point, or one for each row of a and column of b');
  }
  node.each(() => {
    const to = out.data;
    const [from, other] = [a.data, b.data];
    createWalk(loops, (index, matrixA, matrixB) => {
      for (let i = 0; i < rows; i++) {
        const offA = zeroA ? (zeroA.data[i % (sizes[0] as number)] as number) : zero;
        for (let j = 0; j < columns; j++) {
          const offB = zeroB ? (zeroB.data[j % (sizes[1] as number)] as number) : zero;
          let sum = zero;
          let p = matrixA * rows * depth + i * rowA;
          let q = matrixB * depth * columns + j * columnB;
          for (let k = 0; k < depth; k++, p += stepA, q += stepB) {
            const [v, w] = [(from[p] as number) - offA, (other[q] as number) - offB];
            sum = isInteger ? (sum + Math.imul(v, w)) | 0 : sum + v * w;
          }
          to[index * rows * columns + i * columns + j] = sum;
        }
      }
    })();
  });
  return out;
}

export const matmul: Operators = {
  MatMul: [
    2,
    MATRIX,
    (node) => {
      const float = (mlpOperators.MatMul as Operator)[2](node);
      return (a, b) => (a.type === 'float32' ? float(a, b) : multiply(node, a, b, a.type, {}));
    },
  ],

  Gemm: [
    2,
    MATRIX,
    (node) => {
      const float = (mlpOperators.Gemm as Operator)[2](node);
      const alpha = node.number('alpha', 1);
      const beta = node.number('beta', 1);
      const options = { transA: node.number('transA', 0), transB: node.number('transB', 0) };
      return (a, b, c?: Value) => {
        if (a.type === 'float32') return c ? float(a, b, c) : float(a, b);
        if (a.dims.length !== 2 || b.dims.length !== 2) fail('E_SHAPE', 'matrices');
        if (isWide(a.type) && (alpha !== 1 || beta !== 1))
          fail('E_OPERATOR', 'alpha and beta 1 for integers');
        const product = multiply(node, a, b, a.type, options);
        const scale = (v: number, factor: number): number => (factor === 1 ? v : v * factor);
        const added = c ?? { type: a.type, data: [cellOf(a.type, 0)], dims: [] };
        const out = combine(node, product, added, (v, w) => scale(v, alpha) + scale(w, beta));
        return `${out.dims}` === `${product.dims}`
          ? out
          : fail('E_SHAPE', `shapes that broadcast to [${product.dims}]`);
      };
    },
  ],

  MatMulInteger: [
    2,
    '',
    (node) => (a, b, zeroA?: Value, zeroB?: Value) => {
      for (const { type } of [a, b])
        if (!['int8', 'uint8'].includes(type)) fail('E_OPERATOR', 'int8 or uint8');
      return multiply(node, a, b, 'int32', { zeroA, zeroB });
    },
  ],
};
