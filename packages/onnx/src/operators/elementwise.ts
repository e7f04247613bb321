import { broadcast, createWalk } from '../broadcast.ts';
import { fail } from '../onnx-error.ts';
import { FLOAT, NUMBER, type OperatorNode, type Operators } from '../operator.ts';
import { type Cells, type Dims, sizeOf, type TensorType, type Value } from '../value.ts';

/** Storing what it returns rounds a float and wraps an integer. */
type Compute = (a: number, b: number) => number;

/** Kinds of the kernel. */
const ADD = 0;
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
  Div: [
    2,
    NUMBER,
    (node) => (a, b) => combine(node, a, b, undefined, (x, y) => (y || a.type === FLOAT ? x / y : y)),
  ],
};

/** The sum; where one is a product and the other a constant row, the product has the row added where it is made. */
export function add(node: OperatorNode, a: Value, b: Value): Value {
  const [product, row] = node.layerOf(a) ? [a, b] : [b, a];
  const layer = node.layerOf(product);
  if (layer && !layer.hasBias && layer.least < 0 && !row.cell && row.dims.length <= product.dims.length) {
    const columns = product.dims.at(-1);
    if (row.dims.at(-1) === columns && sizeOf(row.dims) === columns) {
      layer.bias.data = row.data;
      layer.hasBias = true;
      return product;
    }
  }
  return combine(node, a, b, ADD, (x, y) => x + y);
}

/** Computes each element from those of `a` and `b`, which are broadcast. A kind of none is not the kernel's. */
export function combine(
  node: OperatorNode,
  a: Value,
  b: Value,
  kind: number | undefined,
  compute: Compute,
  type: TensorType = a.type,
): Value {
  const { dims, loops } = broadcast(a.dims, b.dims);
  const out = node.allocate(type, dims, 0, sizeOf(a.dims) === sizeOf(dims) ? a : b);
  const { combine } = node.kernels;
  if (combine && a.type === FLOAT && kind !== undefined) {
    const [to, from, other] = [out, a, b].map(node.address) as [number, number, number];
    const [[columns, stepA, stepB] = [1, 0, 0], [rows, rowA, rowB] = [1, 0, 0], ...outer] = loops;
    node.each(
      createWalk(outer, (i, p, q) =>
        combine(
          kind,
          to + i * rows * columns * 4,
          from + p * 4,
          rowA * 4,
          stepA * 4,
          other + q * 4,
          rowB * 4,
          stepB * 4,
          rows,
          columns,
        ),
      ),
    );
  } else {
    let [to, from, other] = [] as Cells[];
    const [[columns, stepA, stepB] = [1, 0, 0], ...outer] = loops;
    const walk = createWalk(outer, (i, p, q) => {
      const [cells, left, right] = [to, from, other] as [Cells, Cells, Cells];
      for (let j = 0; j < columns; j++) {
        cells[i * columns + j] = compute(left[p + j * stepA] as number, right[q + j * stepB] as number);
      }
    });
    node.each(() => {
      to = out.data;
      from = a.data;
      other = b.data;
      walk();
    });
  }
  return out;
}

/** Refuses `x` where something has made it larger. */
export function expectDims(x: Value, dims: Dims): Value {
  return `${x.dims}` === `${dims}` ? x : fail('E_SHAPE', `shapes that broadcast to [${dims}]`);
}
