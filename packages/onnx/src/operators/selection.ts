import { type Operators, resolveIndex } from '../operator.ts';
import { type Cells, sizeOf } from '../value.ts';
import { concat } from './concat.ts';

/** Operators that move elements. */
export const selection: Operators = {
  ...concat,

  Gather: [
    2,
    '',
    (node) => {
      const given = node.number('axis', 0);
      return (x, indices) => {
        const axis = resolveIndex(given, x.dims.length);
        const size = x.dims[axis] as number; // resolveIndex has looked
        const after = x.dims.slice(axis + 1);
        const out = node.allocate(x.type, [...x.dims.slice(0, axis), ...indices.dims, ...after]);
        const width = sizeOf(after);
        node.each(() => {
          const target = out.data;
          const source = x.data;
          const where = indices.data as Cells & { readonly buffer: ArrayBuffer; readonly byteOffset: number };
          // By their words, because a bigint for each index would have to be made; ONNX is little-endian throughout.
          const words =
            indices.type === 'int64' && new Int32Array(where.buffer, where.byteOffset, 2 * where.length);
          const indexAt = (i: number): number => {
            if (!words) return Number(where[i]);
            const low = words[2 * i] as number;
            return words[2 * i + 1] === low >> 31 ? low : Number.NaN;
          };
          for (let to = 0, block = 0; to < target.length; block += size) {
            for (let i = 0; i < where.length; i++) {
              let from = (block + resolveIndex(indexAt(i), size)) * width;
              for (const end = from + width; from < end; from++) target[to++] = source[from] as number;
            }
          }
        });
        return out;
      };
    },
  ],
};
