import { fail } from '../onnx-error.ts';
import { type Operator, type OperatorNode, type Operators, resolveIndex } from '../operator.ts';
import { type Cells, type Dims, sizeOf, type TensorType, type Value } from '../value.ts';
import { fullKernelsOf } from './full-kernels.ts';
import { compute, eachRow, pick, rowsOf, tablesOf, wholes } from './layout.ts';
import { exp, log } from './math.ts';
import { cellOf, FLOATS, isWide, NUMBERS, PLAIN } from './types.ts';

/** A sum of a kind: where it starts, how an element is added, what the whole of `count` becomes. `most` is the largest
 * element, of those that ask for it. */
interface Reduction {
  readonly start: (type: TensorType) => number;
  readonly add: (sum: number, v: number, most: number) => number;
  readonly finish?: (sum: number, count: number, most: number) => number;
  readonly usesMost?: boolean;
}

const zero = (type: TensorType): number => cellOf(type, 0);

/** The least or, with a negative sign, the largest of a type. */
const extreme =
  (sign: number) =>
  (type: TensorType): number => {
    if (!isWide(type)) return -sign / 0;
    // Cells are also bigints; see there.
    const [least, most] = (type === 'int64'
      ? [-(2n ** 63n), 2n ** 63n - 1n]
      : [0n, 2n ** 64n - 1n]) as unknown as [number, number];
    return sign > 0 ? least : most;
  };

const plus = (sum: number, v: number): number => sum + v;
const greater = (a: number, b: number): number => (a > b || Number.isNaN(a) ? a : b);
const mean = (sum: number, count: number): number =>
  sum / (typeof sum === 'bigint' ? cellOf('int64', count) : count);
const square = (sum: number, v: number): number => sum + v * v;

/** Sums are doubles, or 64-bit integers, and rounded when they are stored. */
function reduce({ start, add, finish, usesMost }: Reduction, types: string): Operator {
  return [
    1,
    '',
    (node) => {
      const keeps = node.number('keepdims', 1);
      const does = !node.number('noop_with_empty_axes', 0);
      return (x, given?: Value) => {
        if (!types.split(', ').includes(x.type)) fail('E_OPERATOR', `an input of ${types}`);
        const axes = wholes(node, given, 'axes')?.map((axis) => resolveIndex(axis, x.dims.length)) ?? [];
        // Without axes all are meant, or none.
        const isSummed = (axis: number): boolean => (axes.length ? axes.includes(axis) : does);
        const summed = [...x.dims.keys()].filter(isSummed);
        const kept = [...x.dims.keys()].filter((axis) => !isSummed(axis));
        const sizeAlong = (list: readonly number[]): number =>
          sizeOf(list.map((axis) => x.dims[axis] as number));
        const count = sizeAlong(summed);
        const dims = x.dims.flatMap((dim, i) => (!isSummed(i) ? [dim] : keeps ? [1] : []));
        // Axes side by side, as nearly all are: elements of one result lie `inner` apart. Others are brought to the end.
        const [first = 0, last = first - 1] = [summed[0], summed.at(-1)];
        const isBlock = last - first + 1 === summed.length;
        const inner = isBlock ? sizeOf(x.dims.slice(last + 1)) : 1;
        const tables = isBlock ? [] : tablesOf(x);
        const source = isBlock
          ? x
          : pick(
              node,
              x,
              [...kept, ...summed].map((axis) => tables[axis] as Dims),
            );

        const divisor = finish === mean ? count : Number(!finish && add === plus);
        const kernels = fullKernelsOf(node);
        if (kernels && divisor && x.type === 'float32') {
          const out = node.allocate(x.type, dims, count);
          const [to, from] = [out, source].map(node.address) as [number, number];
          node.each(() => kernels.sum(to, from, sizeAlong(kept) / inner, count, inner, divisor));
          return out;
        }
        const none = start(x.type);
        const least = extreme(1)(x.type);
        const work = (to: Cells, from: Cells): void => {
          for (let index = 0, block = 0; index < to.length; block += count * inner) {
            for (let i = block; i < block + inner; i++, index++) {
              const end = i + count * inner;
              let sum = none;
              let most = least;
              if (usesMost) {
                for (let at = i; at < end; at += inner) most = greater(most, from[at] as number);
                // Nothing is as large as an infinity, so it cannot be taken away.
                if (!Number.isFinite(most)) most = 0;
              }
              for (let at = i; at < end; at += inner) sum = add(sum, from[at] as number, most);
              to[index] = finish ? finish(sum, count, most) : sum;
            }
          }
        };
        return compute(node, x.type, dims, [source], work, count);
      };
    },
  ];
}

/** The index of the largest element along an axis, or of the smallest. */
const argument = (isBetter: (v: number, best: number) => boolean): Operator => [
  1,
  NUMBERS,
  (node) => {
    const given = node.number('axis', 0);
    const keeps = node.number('keepdims', 1);
    const last = node.number('select_last_index', 0);
    return (x) => {
      const rows = rowsOf(x.dims, given);
      const dims: Dims = x.dims.flatMap((dim, i) => (i === rows.axis ? (keeps ? [1] : []) : [dim]));
      if (!rows.size) fail('E_SHAPE', 'an axis with elements');
      const work = (to: Cells, from: Cells): void =>
        eachRow(rows, (first, step, row) => {
          let best = 0;
          for (let i = 1; i < rows.size; i++) {
            const [v, old] = [from[first + i * step], from[first + best * step]] as [number, number];
            if (isBetter(v, old) || (last && v === old)) best = i;
          }
          to[row] = cellOf('int64', best);
        });
      return compute(node, 'int64', dims, [x], work, rows.size);
    };
  },
];

function topK(node: OperatorNode): (x: Value, k?: Value) => Value[] {
  const given = node.number('axis', -1);
  const isLargest = node.number('largest', 1) !== 0;
  return (x, k) => {
    const rows = rowsOf(x.dims, given);
    const count = k ? Number(k.data[0]) : node.number('k');
    if (!(count >= 0 && count <= rows.size)) fail('E_SHAPE', `k up to ${rows.size}`, count);
    const dims = x.dims.map((dim, i) => (i === rows.axis ? count : dim));
    const values = node.allocate(x.type, dims, rows.size);
    const indices = node.allocate('int64', dims);
    const order = node.allocate('uint32', [rows.size]);
    node.each(() => {
      const { data } = x;
      const list = order.data as unknown as Uint32Array; // as allocated
      eachRow(rows, (first, step) => {
        const at = (i: number): number => data[first + i * step] as number;
        for (let i = 0; i < list.length; i++) list[i] = i;
        list.sort((i, j) => (at(i) === at(j) ? i - j : at(i) > at(j) === isLargest ? -1 : 1));
        // Where this row begins in the results, whose axis is shorter.
        const to = Math.floor(first / (rows.size * step)) * count * step + (first % step);
        for (let i = 0; i < count; i++) {
          values.data[to + i * step] = at(list[i] as number);
          indices.data[to + i * step] = cellOf('int64', list[i] as number);
        }
      });
    });
    return [values, indices];
  };
}

export const reduction: Operators = {
  ReduceSum: reduce({ start: zero, add: plus }, NUMBERS),
  ReduceMean: reduce({ start: zero, add: plus, finish: mean }, NUMBERS),
  ReduceMax: reduce({ start: extreme(1), add: greater }, PLAIN),
  ReduceMin: reduce({ start: extreme(-1), add: (a, b) => (a < b || Number.isNaN(a) ? a : b) }, PLAIN),
  ReduceProd: reduce({ start: (type) => cellOf(type, 1), add: (sum, v) => sum * v }, NUMBERS),
  ReduceL1: reduce({ start: zero, add: (sum, v) => (v < 0 ? sum - v : sum + v) }, NUMBERS),
  ReduceL2: reduce({ start: zero, add: square, finish: Math.sqrt }, `${FLOATS}, int32`),
  ReduceSumSquare: reduce({ start: zero, add: square }, NUMBERS),
  ReduceLogSum: reduce({ start: zero, add: plus, finish: log }, FLOATS),
  ReduceLogSumExp: reduce(
    {
      start: zero,
      add: (sum, v, most) => sum + exp(v - most),
      finish: (sum, _, most) => log(sum) + most,
      usesMost: true,
    },
    FLOATS,
  ),
  ArgMax: argument((v, best) => v > best),
  ArgMin: argument((v, best) => v < best),
  TopK: [1, '', topK],
};
