import { broadcast, createWalk } from '../broadcast.ts';
import { fail } from '../onnx-error.ts';
import { FLOAT, type Layer, type OperatorNode, type Operators } from '../operator.ts';
import { createCells, type Dims, sizeOf, type Value } from '../value.ts';
import { add, combine, expectDims, MULTIPLY } from './elementwise.ts';

export const linear: Operators = {
  MatMul: [2, FLOAT, (node) => (a, b) => multiply(node, a, b)],

  // alpha · A · B + beta · C, each step rounded.
  Gemm: [
    2,
    FLOAT,
    (node) => {
      const alpha = node.number('alpha', 1);
      const beta = node.number('beta', 1);
      const transA = node.number('transA', 0);
      const transB = node.number('transB', 0);
      const scale = (x: Value, factor: number): Value =>
        factor === 1
          ? x
          : combine(
              node,
              x,
              constant([], () => factor),
              MULTIPLY,
              times,
            );
      return (a, b, c?: Value) => {
        if (a.dims.length !== 2 || b.dims.length !== 2) fail('E_SHAPE', 'matrices');
        const left = transA ? transpose(node, a) : a;
        const product = scale(multiply(node, left, transB ? transpose(node, b) : b), alpha);
        return c ? expectDims(add(node, product, scale(c, beta)), product.dims) : product;
      };
    },
  ],
};

export function times(x: number, y: number): number {
  return x * y;
}

/** A constant of floats, each as `cell` tells. */
export function constant(dims: Dims, cell: (i: number) => number): Value {
  const data = createCells(FLOAT, sizeOf(dims));
  for (let i = 0; i < data.length; i++) data[i] = cell(i);
  return { type: FLOAT, dims, data };
}

/** At once where it is constant, else at every run. Not by a loop over views: a first run is interpreted. */
function transpose(node: OperatorNode, x: Value): Value {
  const { kernels } = node;
  const [height = 0, width = 0] = x.dims;
  const size = height * width;
  const out = x.cell && node.allocate(FLOAT, [width, height]);
  const from = out ? node.address(x) : node.scratch(size * 8);
  const to = out ? node.address(out) : from + size * 4;
  const work = (): void => {
    if (kernels.transpose) kernels.transpose(to, from, height, width);
    else {
      const cells = new Float32Array(kernels.memory.buffer);
      for (let i = 0; i < size; i++) {
        cells[to / 4 + i] = cells[from / 4 + (i % height) * width + Math.floor(i / height)] as number;
      }
    }
  };
  if (out) {
    node.each(work);
    return out;
  }
  const cells = new Float32Array(kernels.memory.buffer, from, size * 2);
  cells.set(x.data as Float32Array);
  work();
  return { type: FLOAT, dims: [width, height], data: cells.slice(size) };
}

/** The matrix product, of each pair of matrices where there are more dimensions. */
function multiply(node: OperatorNode, a: Value, b: Value): Value {
  // A vector stands for a matrix with one row, or one column, which the result does not have.
  const dimsA = a.dims.length > 1 ? a.dims : [1, ...a.dims];
  const dimsB = b.dims.length > 1 ? b.dims : [...b.dims, 1];
  const [height = 0, depth = 0] = dimsA.slice(-2);
  const [depthB, columns = 0] = dimsB.slice(-2);
  if (depth !== depthB || !a.dims.length || !b.dims.length) fail('E_SHAPE', 'shapes that multiply');
  const batch = broadcast(dimsA.slice(0, -2), dimsB.slice(0, -2));
  const shape = [
    ...batch.dims,
    ...(a.dims.length > 1 ? [height] : []),
    ...(b.dims.length > 1 ? [columns] : []),
  ];
  // With one matrix on the right all rows on the left are one matrix.
  const isOne = dimsB.length < 3;
  const rows = isOne ? sizeOf(dimsA.slice(0, -1)) : height;
  const { dense } = node.kernels;
  const out = node.allocate(FLOAT, shape, depth);
  const to = node.address(out);
  const from = node.address(a);
  // Its own, since what the nodes to come make of them is for this product alone.
  const weights = b.cell ? b : { ...b };
  const bias = constant([columns], () => 0);
  const layer: Layer = { weights, bias, hasBias: false, least: -1 / 0 };
  const weightsAt = node.address(weights);
  const biasAt = node.address(bias);
  node.addLayer(out, layer);
  node.each(
    createWalk(isOne ? [] : batch.loops, (i, indexA, indexB) => {
      dense(
        to + i * rows * columns * 4,
        from + indexA * rows * depth * 4,
        weightsAt + indexB * depth * columns * 4,
        biasAt,
        rows,
        depth,
        columns,
        layer.least,
      );
    }),
  );
  return out;
}
