import { fail } from '../onnx-error.ts';
import { type Operators, resolveIndex } from '../operator.ts';
import { type Dims, sizeOf, type Value } from '../value.ts';
import { compute, eachRow, rowsOf, table } from './layout.ts';
import { cellOf } from './types.ts';

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
        return compute(node, 'int64', [part.length], [], (to) => {
          for (const [i, dim] of part.entries()) to[i] = cellOf('int64', dim);
        });
      };
    },
  ],

  Size: [
    1,
    '',
    (node) =>
      ({ dims }) =>
        compute(node, 'int64', [], [], (to) => {
          to[0] = cellOf('int64', sizeOf(dims));
        }),
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
      return compute(node, from.type, [count], [], (to) => {
        for (let i = 0; i < count; i++) to[i] = start + cellOf(from.type, i) * step;
      });
    },
  ],

  ConstantOfShape: [
    1,
    '',
    (node) => {
      const value = node.attributes.get('value') as Value | undefined;
      return (shape) => {
        const cell = value?.data[0] ?? 0;
        return compute(node, value?.type ?? 'float32', Array.from(shape.data, Number), [], (to) => {
          for (let i = 0; i < to.length; i++) to[i] = cell;
        });
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
        return compute(node, values.type, dims, [values, indices], (to, given, picks) => {
          const [off, on] = [given[0], given[1]] as [number, number];
          eachRow(rowsOf(dims, axis), (first, step, row) => {
            const index = Number(picks[row]);
            const at = index < 0 ? index + size : index;
            for (let i = 0; i < size; i++) to[first + i * step] = i === at ? on : off;
          });
        });
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
        const order = table(rows.size, 1);
        if (isReverse) order.reverse();
        return compute(node, x.type, x.dims, [x], (to, from) => {
          eachRow(rows, (first, step) => {
            let sum = cellOf(x.type, 0);
            for (const i of order) {
              const at = first + i * step;
              const next = sum + (from[at] as number);
              to[at] = isExclusive ? sum : next;
              sum = next;
            }
          });
        });
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
        const type = keeps ? 'bool' : x.type;
        const mask = compute(node, type, node.outputs > 1 ? x.dims : [0], [], (to) => {
          for (let i = 0; i < to.length; i++) to[i] = cellOf(type, 1);
        });
        return [x, mask];
      };
    },
  ],
};
