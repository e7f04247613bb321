import { fail } from '../onnx-error.ts';
import { type OperatorNode, resolveIndex } from '../operator.ts';
import { type Cells, type Dims, sizeOf, type TensorType, type Value } from '../value.ts';

/** Elements between neighbours along each axis. */
export function stridesOf(dims: Dims): number[] {
  return dims.map((_, i) => sizeOf(dims.slice(i + 1)));
}

/** The shape that these broadcast to, by NumPy's rules. */
export function broadcastDims(...shapes: Dims[]): number[] {
  const rank = Math.max(...shapes.map(({ length }) => length));
  return Array.from({ length: rank }, (_, i) => {
    const sizes = shapes.map((dims) => dims[dims.length - rank + i] ?? 1);
    const size = sizes.find((dim) => dim !== 1) ?? 1;
    return sizes.every((dim) => dim === size || dim === 1) ? size : fail('E_SHAPE', 'shapes that broadcast');
  });
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

/** Visits every place of `dims` in order, with its index there and in up to three operands of those strides. */
export function walk(
  dims: Dims,
  [a, b = [], c = []]: readonly Dims[],
  visit: (index: number, indexA: number, indexB: number, indexC: number) => void,
): void {
  const last = dims.length - 1;
  let index = 0;
  const along = (axis: number, indexA: number, indexB: number, indexC: number): void => {
    const [stepA = 0, stepB = 0, stepC = 0] = [a?.[axis], b[axis], c[axis]];
    for (let i = 0, end = dims[axis] ?? 1; i < end; i++) {
      if (axis < last) along(axis + 1, indexA + i * stepA, indexB + i * stepB, indexC + i * stepC);
      else visit(index++, indexA + i * stepA, indexB + i * stepB, indexC + i * stepC);
    }
  };
  if (sizeOf(dims)) along(0, 0, 0, 0);
}

/** Picks from `x`: place (i, j, …) of the result holds the element at `start` + table₀[i] + table₁[j] + …, or
 * `filling` where that is negative. */
export function pick(
  node: OperatorNode,
  x: Value,
  tables: readonly Dims[],
  { start = 0, slot = 0, filling = 0 }: { start?: number; slot?: number; filling?: number } = {},
): Value {
  const out = node.allocate(
    x.type,
    tables.map(({ length }) => length),
    0,
    slot,
  );
  const last = tables.length - 1;
  node.each(() => {
    const to: Cells = out.data;
    const from = x.data;
    let at = 0;
    const along = (axis: number, offset: number): void => {
      const table = tables[axis] ?? [0];
      for (let i = 0; i < table.length; i++) {
        const index = offset + (table[i] as number);
        if (axis < last) along(axis + 1, index);
        else to[at++] = index < 0 ? filling : (from[index] as number);
      }
    };
    if (to.length) along(0, start);
  });
  return out;
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

/** A new value for each element. */
export function map(
  node: OperatorNode,
  x: Value,
  compute: (v: number) => number,
  type: TensorType = x.type,
  slot = 0,
): Value {
  const out = node.allocate(type, x.dims, 0, slot);
  node.each(() => {
    const { data } = out;
    const from = x.data;
    for (let i = 0; i < data.length; i++) data[i] = compute(from[i] as number);
  });
  return out;
}

/** A value for each pair of elements, broadcast. */
export function combine(
  node: OperatorNode,
  a: Value,
  b: Value,
  compute: (v: number, w: number) => number,
  type: TensorType = a.type,
  slot = 0,
): Value {
  const dims = broadcastDims(a.dims, b.dims);
  const out = node.allocate(type, dims, 0, slot);
  const strides = [stretch(a.dims, dims), stretch(b.dims, dims)];
  // Operands that repeat as a whole need no walk, and nearly all do.
  const repeats = [a, b].every(
    (x) => `${dims.slice(dims.length - x.dims.length)}` === `${x.dims}` || sizeOf(x.dims) === 1,
  );
  const [sizeA, sizeB] = [sizeOf(a.dims), sizeOf(b.dims)];
  node.each(() => {
    const to = out.data;
    const from = a.data;
    const other = b.data;
    if (repeats) {
      for (let i = 0, j = 0, k = 0; i < to.length; i++) {
        to[i] = compute(from[j] as number, other[k] as number);
        if (++j === sizeA) j = 0;
        if (++k === sizeB) k = 0;
      }
    } else {
      walk(dims, strides, (i, j, k) => {
        to[i] = compute(from[j] as number, other[k] as number);
      });
    }
  });
  return out;
}
