import { createBroadcast } from '../broadcast.ts';
import { matmul } from '../kernels/matmul.ts';
import { fail } from '../onnx-error.ts';
import { FLOAT, type OperatorNode, type Operators } from '../operator.ts';
import type { Value } from '../value.ts';
import { adjust, type Compute } from './elementwise.ts';

export const linear: Operators = {
  MatMul: [2, FLOAT, (node) => (a, b) => multiply(node, a, b, 0, 0)],

  // alpha · A · B + beta · C, each step rounded.
  Gemm: [
    2,
    FLOAT,
    (node) => {
      const alpha = node.number('alpha', 1);
      const beta = node.number('beta', 1);
      const transA = node.number('transA', 0);
      const transB = node.number('transB', 0);
      return (a, b, c = { type: FLOAT, data: [0], dims: [] }) => {
        if (a.dims.length !== 2 || b.dims.length !== 2) fail('E_SHAPE', 'matrices');
        const product = multiply(node, a, b, transA, transB);
        return adjust(node, product, c, (x, y) => Math.fround(alpha * x) + Math.fround(beta * y));
      };
    },
  ],

  // (x − mean) / √(variance + epsilon) · scale + bias, each step rounded.
  BatchNormalization: [
    5,
    FLOAT,
    (node) => {
      const epsilon = Math.fround(node.number('epsilon', 1e-5));
      if (node.number('training_mode', 0) || !node.number('spatial', 1)) {
        fail('E_OPERATOR', 'training_mode 0, spatial 1');
      }
      return (x, scale, bias, mean, variance) => {
        const apply = (y: Value, parameter: Value, compute: Compute): Value =>
          // One parameter for each channel, which is the second axis.
          adjust(
            node,
            y,
            { ...parameter, dims: [parameter.data.length, ...x.dims.slice(2).fill(1)] },
            compute,
          );
        const centred = apply(x, mean, (y, m) => y - m);
        const scaled = apply(
          centred,
          variance,
          (y, v) => y / Math.fround(Math.sqrt(Math.fround(v + epsilon))),
        );
        return apply(
          apply(scaled, scale, (y, s) => y * s),
          bias,
          (y, b) => y + b,
        );
      };
    },
  ],
};

/** The matrix product, of each pair of matrices where there are more dimensions. */
function multiply(node: OperatorNode, a: Value, b: Value, transA: number, transB: number): Value {
  // A vector stands for a matrix with one row, or one column, which the result does not have.
  const dimsA = a.dims.length > 1 ? a.dims : [1, ...a.dims];
  const dimsB = b.dims.length > 1 ? b.dims : [...b.dims, 1];
  const [heightA = 0, widthA = 0] = dimsA.slice(-2);
  const [heightB = 0, widthB = 0] = dimsB.slice(-2);
  const [rows, depth] = transA ? [widthA, heightA] : [heightA, widthA];
  const [columns, depthB] = transB ? [heightB, widthB] : [widthB, heightB];
  if (depth !== depthB || !a.dims.length || !b.dims.length) {
    fail('E_SHAPE', 'shapes that multiply');
  }
  const { dims, walk } = createBroadcast(dimsA.slice(0, -2), dimsB.slice(0, -2));
  const shape = [...dims, ...(a.dims.length > 1 ? [rows] : []), ...(b.dims.length > 1 ? [columns] : [])];
  const out = node.allocate(FLOAT, shape, depth);
  const [rowA, stepA] = transA ? [1, widthA] : [widthA, 1];
  const [stepB, columnB] = transB ? [1, widthB] : [widthB, 1];
  walk((i, indexA, indexB) => {
    const startA = indexA * rows * depth;
    const startB = indexB * depth * columns;
    matmul(
      out.data,
      i * rows * columns,
      a.data,
      startA,
      rowA,
      stepA,
      b.data,
      startB,
      stepB,
      columnB,
      rows,
      depth,
      columns,
    );
  });
  return out;
}
