import { createWalk } from '../broadcast.ts';
import { fail } from '../onnx-error.ts';
import { type OperatorNode, resolveIndex } from '../operator.ts';
import { combine as combineAs } from '../operators/elementwise.ts';
import { type Cells, checkedSizeOf, type Dims, sizeOf, type TensorType, type Value } from '../value.ts';

/** Elements between neighbours along each axis. */
export function stridesOf(dims: Dims): number[] {
  return dims.map((_, i) => sizeOf(dims.slice(i + 1)));
}

/** Strides of `own` along each axis of the larger `dims`: 0 where it stretches. */
export function stretch(own: Dims, dims: Dims): number[] {
  const strides = stridesOf(own);
  const lead = dims.length - own.length;
  if (lead < 0) fail('E_SHAPE', `shapes that broadcast to [${dims}]`);
  return dims.map((dim, i) => {
    const size = own[i - lead] ?? 1;
    if (size !== dim && size !== 1) fail('E_SHAPE', `shapes that broadcast to [${dims}]`);
    return size === 1 ? 0 : (strides[i - lead] ?? 0);
  });
}

/** Picks from `x`: place (i, j, …) of the result holds the element at table₀[i] + table₁[j] + …, or `filling` where that
 * is negative. */
export function pick(node: OperatorNode, x: Value, tables: readonly Dims[], filling = 0): Value {
  const last = tables.length - 1;
  const dims = tables.map(({ length }) => length);
  return compute(node, x.type, dims, [x], (to, from) => {
    let at = 0;
    const along = (axis: number, offset: number): void => {
      const table = tables[axis] ?? [0];
      if (axis < last) {
        for (const step of table) along(axis + 1, offset + step);
      } else at = pickRow(to, at, from, offset, table, filling);
    };
    if (to.length) along(0, 0);
  });
}

/** One row of what `pick` picks, from place `at` on. @returns where the next one begins */
function pickRow(to: Cells, at: number, from: Cells, offset: number, table: Dims, filling: number): number {
  for (let i = 0; i < table.length; i++) {
    const index = offset + (table[i] as number);
    to[at + i] = index < 0 ? filling : (from[index] as number);
  }
  return at + table.length;
}

/** Longest axis along which elements are moved about: an index is kept for each, before the run's cost is known. */
const MAX_TABLE = 4_194_304;

/** Indices of `count` places, `stride` apart. */
export function table(count: number, stride: number, start = 0): number[] {
  if (count > MAX_TABLE) fail('E_MODEL_LIMIT', `axes of up to ${MAX_TABLE}`, count);
  return Array.from({ length: count }, (_, i) => start + i * stride);
}

/** The elements of x along each axis in turn, as `pick` takes them. */
export function tablesOf({ dims }: Value): number[][] {
  const strides = stridesOf(dims);
  return dims.map((dim, i) => table(dim, strides[i] as number));
}

/** How a tensor falls into rows along one axis: `outer` times `size` times `inner` elements. */
export interface Rows {
  readonly axis: number;
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
}

export function rowsOf(dims: Dims, given: number): Rows {
  const axis = resolveIndex(given, dims.length);
  return {
    axis,
    outer: sizeOf(dims.slice(0, axis)),
    size: dims[axis] as number, // resolveIndex has looked
    inner: sizeOf(dims.slice(axis + 1)),
  };
}

/** Calls `visit` with the first index of each row and the distance to the next element of it. */
export function eachRow(
  { outer, size, inner }: Rows,
  visit: (first: number, step: number, row: number) => void,
): void {
  for (let i = 0; i < outer * inner; i++) {
    visit(Math.floor(i / inner) * size * inner + (i % inner), inner, i);
  }
}

/** Whole numbers from an input, or where it is not there from an attribute. */
export function wholes(
  node: OperatorNode,
  input: Value | undefined,
  attribute: string,
): number[] | undefined {
  const given = input?.data ?? (node.attributes.get(attribute) as Cells | undefined);
  return given && Array.from(given, Number);
}

/** An output that `work` fills from the elements of `inputs`, at every run; `steps` is that of `allocate`. */
export function compute(
  node: OperatorNode,
  type: TensorType,
  dims: Dims,
  inputs: readonly Value[],
  work: (to: Cells, ...from: [Cells, Cells, ...Cells[]]) => void,
  steps?: number,
): Value {
  const out = node.allocate(type, dims, steps);
  // As many as `work` takes.
  node.each(() => work(out.data, ...(inputs.map((x) => x?.data) as [Cells, Cells])));
  return out;
}

/** A new value for each element. */
export function map(
  node: OperatorNode,
  x: Value,
  change: (v: number) => number,
  type: TensorType = x.type,
): Value {
  return compute(node, type, x.dims, [x], (to, from) => {
    for (let i = 0; i < to.length; i++) to[i] = change(from[i] as number);
  });
}

/** `x` stretched to larger dims; itself where it has them. */
export function expand(node: OperatorNode, x: Value, dims: Dims): Value {
  checkedSizeOf(dims);
  const strides = stretch(x.dims, dims);
  return `${x.dims}` === `${dims}`
    ? x
    : pick(
        node,
        x,
        dims.map((dim, i) => table(dim, strides[i] as number)),
      );
}

/** What goes through all places of `dims` in order, with their places in two operands of these strides. */
export function walk(
  dims: Dims,
  a: Dims,
  b: Dims,
  visit: (index: number, indexA: number, indexB: number) => void,
): () => void {
  return createWalk(dims.map((dim, i) => [dim, a[i] as number, b[i] as number] as const).reverse(), visit);
}

/** A value for each pair of elements, broadcast. */
export function combine(
  node: OperatorNode,
  a: Value,
  b: Value,
  compute: (v: number, w: number) => number,
  type: TensorType = a.type,
): Value {
  return combineAs(node, a, b, undefined, compute, type);
}
