import { broadcast, createWalk } from '../broadcast.ts';
import { type Compute, combineCells } from '../kernels/js-kernels.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { fail } from '../onnx-error.ts';
import { FLOAT, NUMBER, type OperatorNode, type Operators } from '../operator.ts';
import { createCells, type Dims, isConstant, sizeOf, type Value } from '../value.ts';

/** Kinds of the kernel. */
export const ADD = 0;
export const MULTIPLY = 2;

export const elementwise: Operators = {
  Add: [2, NUMBER, (node) => (a, b) => add(node, a, b)],
  Sub: [2, NUMBER, (node) => (a, b) => combine(node, a, b, 1, (x, y) => x - y)],
  Mul: [
    2,
    NUMBER,
    (node) => (a, b) => combine(node, a, b, MULTIPLY, a.type === 'int32' ? Math.imul : (x, y) => x * y),
  ],
  // Integers divide towards zero, and by zero give 0.
  Div: [2, NUMBER, (node) => (a, b) => combine(node, a, b, 3, (x, y) => (y ? x / y : y))],
};

/** The sum; where one is a product and the other a constant row, the product has the row added where it is made. */
export function add(node: OperatorNode, a: Value, b: Value, slot = 0): Value {
  const [product, row] = node.layerOf(a) ? [a, b] : [b, a];
  const layer = node.layerOf(product);
  if (layer && !layer.bias && layer.least < 0 && isConstant(row) && row.dims.length <= product.dims.length) {
    const columns = product.dims.at(-1);
    if (row.dims.at(-1) === columns && sizeOf(row.dims) === columns) {
      layer.bias = row;
      return product;
    }
  }
  return combine(node, a, b, ADD, (x, y) => x + y, slot);
}

/** Computes each element from those of `a` and `b`, which are broadcast: floats by a kernel, integers by `compute`. */
export function combine(
  node: OperatorNode,
  a: Value,
  b: Value,
  kind: number,
  compute: Compute,
  slot = 0,
): Value {
  const { dims, loops } = broadcast(a.dims, b.dims);
  const out = node.allocate(a.type, dims, 0, slot, sizeOf(a.dims) === sizeOf(dims) ? a : b);
  const [to, from, other] = [out, a, b].map((x) => node.address(x)) as [number, number, number];
  const size = a.type === 'int64' ? 8 : 4;
  const [[columns, stepA, stepB] = [1, 0, 0], [rows, rowA, rowB] = [1, 0, 0]] = loops;
  const kernel: Kernels['combine'] =
    a.type === FLOAT
      ? node.arena.kernels.combine
      : (_, ...rest) => combineCells(createCells(a.type, node.arena.buffer), size, compute, ...rest);
  node.each(
    createWalk(loops.slice(2), (i, indexA, indexB) => {
      kernel(
        kind,
        to + i * rows * columns * size,
        from + indexA * size,
        rowA * size,
        stepA * size,
        other + indexB * size,
        rowB * size,
        stepB * size,
        rows,
        columns,
      );
    }),
  );
  return out;
}

/** Refuses `x` where something has made it larger. */
export function expectDims(x: Value, dims: Dims): Value {
  return `${x.dims}` === `${dims}` ? x : fail('E_SHAPE', `shapes that broadcast to [${dims}]`);
}
