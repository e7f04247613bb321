import { fail } from '../onnx-error.ts';
import { type Operators, resolveIndex } from '../operator.ts';
import { type Cells, type Dims, sizeOf, type Value } from '../value.ts';
import { eachRow, rowsOf, table } from './layout.ts';
import { cellOf, isWide } from './types.ts';

/** Operators that make tensors from shapes and counts. */
export const creation: Operators = {
  Shape: [
    1,
    '',
    (node) => {
      const start = node.number('start', 0);
      const end = node.number('end', Number.MAX_SAFE_INTEGER);
      return ({ dims }) => {
        // Clamped, and counted from the end where negative, as slice does.
        const part = dims.slice(start, end);
        const out = node.allocate('int64', [part.length]);
        node.each(() => {
          for (const [i, dim] of part.entries()) out.data[i] = cellOf('int64', dim);
        });
        return out;
      };
    },
  ],

  Size: [
    1,
    '',
    (node) =>
      ({ dims }) => {
        const out = node.allocate('int64', []);
        node.each(() => {
          out.data[0] = cellOf('int64', sizeOf(dims));
        });
        return out;
      },
  ],

  Range: [
    3,
    'float32, float64, int16, int32, int64',
    (node) => (from, limit, delta) => {
      const [start, end, step] = [from, limit, delta].map(({ data }) => data[0] as number) as [
        number,
        number,
        number,
      ];
      const count = Math.max(0, Math.ceil((Number(end) - Number(start)) / Number(step)));
      const out = node.allocate(from.type, [count]);
      node.each(() => {
        for (let i = 0; i < count; i++) out.data[i] = start + cellOf(from.type, i) * step;
      });
      return out;
    },
  ],

  ConstantOfShape: [
    1,
    '',
    (node) => {
      const value = node.attributes.get('value') as Value | undefined;
      return (shape) => {
        const out = node.allocate(value?.type ?? 'float32', Array.from(shape.data, Number));
        const cell = value?.data[0] ?? 0;
        node.each(() => {
          for (let i = 0; i < out.data.length; i++) out.data[i] = cell;
        });
        return out;
      };
    },
  ],

  OneHot: [
    3,
    '',
    (node) => {
      const given = node.number('axis', -1);
      return (indices, depth, values) => {
        const size = Number(depth.data[0]);
        const axis = resolveIndex(given, indices.dims.length + 1);
        const dims: Dims = [...indices.dims.slice(0, axis), size, ...indices.dims.slice(axis)];
        const out = node.allocate(values.type, dims);
        node.each(() => {
          const [off, on] = [values.data[0], values.data[1]] as [number, number];
          const picks = indices.data;
          eachRow(rowsOf(dims, axis), (first, step, row) => {
            const index = Number(picks[row]);
            const at = index < 0 ? index + size : index;
            for (let i = 0; i < size; i++) out.data[first + i * step] = i === at ? on : off;
          });
        });
        return out;
      };
    },
  ],

  CumSum: [
    2,
    '',
    (node) => {
      const isExclusive = node.number('exclusive', 0);
      const isReverse = node.number('reverse', 0);
      return (x, given) => {
        const rows = rowsOf(x.dims, Number(given.data[0]));
        const out = node.allocate(x.type, x.dims);
        const order = table(rows.size, 1);
        if (isReverse) order.reverse();
        node.each(() => {
          const from: Cells = x.data;
          eachRow(rows, (first, step) => {
            let sum = cellOf(x.type, 0);
            for (const i of order) {
              const at = first + i * step;
              const next = sum + (from[at] as number);
              out.data[at] = isExclusive ? sum : next;
              sum = next;
            }
          });
        });
        return out;
      };
    },
  ],

  // Nothing is dropped when a model is used.
  Dropout: [
    1,
    '',
    (node) => {
      const keeps = node.opset < 10 ? 0 : 1;
      return (x, _ratio?: Value, training?: Value) => {
        if (training?.data[0]) fail('E_OPERATOR', 'training_mode false');
        const mask = node.allocate(keeps ? 'bool' : x.type, node.outputs > 1 ? x.dims : [0]);
        node.each(() => {
          for (let i = 0; i < mask.data.length; i++)
            mask.data[i] = isWide(mask.type) ? cellOf(mask.type, 1) : 1;
        });
        return [x, mask];
      };
    },
  ],
};
