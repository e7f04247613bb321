import { fail } from '../onnx-error.ts';
import type { Operators } from '../operator.ts';
import { convertCells, createCells, typeOf } from '../value.ts';

/** Operators that make or change types. */
export const conversion: Operators = {
  Cast: [
    1,
    '',
    (node) => {
      const type = typeOf(node.number('to'));
      return (x) => {
        if (x.type === type) return x;
        const out = node.allocate(type, x.dims);
        node.each(() => {
          convertCells(type, x.data, out.data);
        });
        return out;
      };
    },
  ],

  Constant: [
    0,
    '',
    ({ attributes }) => {
      const [name, content] = [...attributes][0] ?? ['', ''];
      if (!/^value(_(int|float)s?)?$/.test(name) || content === undefined) {
        return fail('E_OPERATOR', 'numbers or a tensor of them', name);
      }
      if (typeof content === 'object' && 'data' in content) return () => content;
      const cells = [content].flat() as number[]; // text would become NaN or be refused
      const type = name.startsWith('value_int') ? 'int64' : 'float32';
      const data = convertCells(type, cells, createCells(type, cells.length));
      return () => ({ type, data, dims: typeof content === 'object' ? [data.length] : [] });
    },
  ],
};
