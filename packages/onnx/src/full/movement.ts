import { broadcast } from '../broadcast.ts';
import { fail } from '../onnx-error.ts';
import { type Operators, resolveIndex } from '../operator.ts';
import { checkedSizeOf, type Dims, sizeOf, type Value } from '../value.ts';
import { compute, expand, pick, stridesOf, table, tablesOf, wholes } from './layout.ts';
import { cellOf } from './types.ts';

export const movement: Operators = {
  Transpose: [
    1,
    '',
    (node) => {
      const given = wholes(node, undefined, 'perm');
      return (x) => {
        const order = given ?? [...x.dims.keys()].reverse();
        if (`${[...order].sort()}` !== `${[...x.dims.keys()].sort()}`)
          fail('E_SHAPE', 'perm of all axes', `[${order}]`);
        const tables = tablesOf(x);
        return pick(
          node,
          x,
          order.map((axis) => tables[axis] as Dims), // sorted, these are the axes
        );
      };
    },
  ],

  Expand: [
    2,
    '',
    (node) => (x, shape) => expand(node, x, broadcast(x.dims, Array.from(shape.data, Number)).dims),
  ],

  Tile: [
    2,
    '',
    (node) => (x, repeats) => {
      const counts = Array.from(repeats.data, Number);
      const dims = x.dims.map((dim, i) => dim * (counts[i] ?? Number.NaN));
      checkedSizeOf(dims);
      const strides = stridesOf(x.dims);
      return pick(
        node,
        x,
        dims.map((dim, i) =>
          table(dim, 1).map((at) => (at % (x.dims[i] as number)) * (strides[i] as number)),
        ),
      );
    },
  ],

  // Attributes before opset 10, inputs since.
  Slice: [
    1,
    '',
    (node) =>
      (x, ...inputs) => {
        const [starts = [], ends = [], axes = [...starts.keys()], steps] = [
          'starts',
          'ends',
          'axes',
          'steps',
        ].map((name, i) => wholes(node, inputs[i], name));
        const tables = tablesOf(x);
        starts.forEach((from, i) => {
          const axis = resolveIndex(axes[i] as number, x.dims.length);
          const size = x.dims[axis] as number; // resolveIndex has looked
          const step = steps?.[i] ?? 1;
          // A walk backwards may end before the first element.
          const clamp = (at: number | undefined, least: number): number =>
            Math.max(least, Math.min(size + least, at === undefined ? Number.NaN : at < 0 ? at + size : at));
          const least = step < 0 ? -1 : 0;
          const start =
            step < 0 ? Math.min(size - 1, Math.max(0, from < 0 ? from + size : from)) : clamp(from, 0);
          const count = Math.max(0, Math.ceil((clamp(ends[i], least) - start) / step));
          if (!step || !Number.isInteger(count)) fail('E_SHAPE', 'ends, and steps that are not 0');
          const whole = tables[axis] as Dims;
          tables[axis] = table(count, step, start).map((at) => whole[at] as number);
        });
        return pick(node, x, tables);
      },
  ],

  // Equal parts where their sizes are not given, the last one smaller if need be.
  Split: [
    1,
    '',
    (node) => {
      const axis = node.number('axis', 0);
      const parts = node.outputs;
      return (x, given?: Value) => {
        const at = resolveIndex(axis, x.dims.length);
        const size = x.dims[at] as number; // resolveIndex has looked
        const equal = Math.ceil(size / parts);
        const sizes =
          wholes(node, given, 'split') ??
          table(parts, equal).map((start) => Math.max(0, Math.min(equal, size - start)));
        if (sizes.some((part) => part < 0) || sizes.reduce((sum, part) => sum + part, 0) !== size) {
          fail('E_SHAPE', `parts of ${size}`, `[${sizes}]`);
        }
        let end = 0;
        return sizes.map((part) => {
          const tables = tablesOf(x);
          const start = end;
          end += part;
          tables[at] = tables[at]?.slice(start, end) ?? [];
          return pick(node, x, tables);
        });
      };
    },
  ],

  // Attributes before opset 11, inputs since. A negative pad removes.
  Pad: [
    1,
    '',
    (node) => {
      const mode = node.attributes.get('mode') ?? 'constant';
      return (x, given?: Value, constant?: Value, chosen?: Value) => {
        const pads = wholes(node, given, 'pads') ?? [];
        const rank = x.dims.length;
        const axes = chosen
          ? Array.from(chosen.data, (axis) => resolveIndex(Number(axis), rank))
          : [...x.dims.keys()];
        const strides = stridesOf(x.dims);
        const before = x.dims.map((_, i) => (axes.includes(i) ? (pads[axes.indexOf(i)] ?? Number.NaN) : 0));
        const dims = x.dims.map(
          (dim, i) =>
            dim +
            (before[i] as number) +
            (axes.includes(i) ? (pads[axes.indexOf(i) + axes.length] ?? Number.NaN) : 0),
        );
        checkedSizeOf(dims);
        const places: Readonly<Record<string, (at: number, size: number) => number>> = {
          constant: () => -1,
          edge: (at, size) => Math.max(0, Math.min(size - 1, at)),
          reflect: (at, size) => {
            const period = Math.max(1, 2 * size - 2);
            const folded = ((at % period) + period) % period;
            return Math.min(folded, period - folded) % size;
          },
          wrap: (at, size) => ((at % size) + size) % size,
        };
        const place =
          (Object.keys(places).includes(`${mode}`) && places[`${mode}`]) ||
          fail('E_OPERATOR', `${Object.keys(places)}`, mode);
        const filling = constant ? (constant.data[0] as number) : cellOf(x.type, node.number('value', 0));
        return pick(
          node,
          x,
          dims.map((dim, i) => {
            const size = x.dims[i] as number;
            return table(dim, 1, -(before[i] as number)).map((at) => {
              const from = at >= 0 && at < size ? at : place(at, size);
              // Nothing where one axis says so, whatever the others add.
              return from < 0 || !size ? -1 - sizeOf(x.dims) : from * (strides[i] as number);
            });
          }),
          filling,
        );
      };
    },
  ],

  Trilu: [
    1,
    '',
    (node) => {
      const upper = node.number('upper', 1);
      return (x, k?: Value) => {
        const [rows = 0, columns = 0] = x.dims.slice(-2);
        if (x.dims.length < 2) fail('E_SHAPE', 'matrices');
        const shift = Number(k?.data[0] ?? 0);
        const zero = cellOf(x.type, 0);
        return compute(node, x.type, x.dims, [x], (to, from) => {
          for (let i = 0; i < to.length; i++) {
            const past = (i % columns) - (Math.floor(i / columns) % rows) - shift;
            to[i] = (upper ? past < 0 : past > 0) ? zero : (from[i] as number);
          }
        });
      };
    },
  ],
};
