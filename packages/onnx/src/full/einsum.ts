import { fail } from '../onnx-error.ts';
import type { Operator } from '../operator.ts';
import { sizeOf, type Value } from '../value.ts';
import { stridesOf, walk } from './layout.ts';
import { cellOf } from './types.ts';

/** Sums of products of one or two operands, along the letters that the result does not name. */
export const einsum: Operator = [
  1,
  'float32, float64, int32, int64',
  (node) => {
    const [left = '', right] = `${node.attributes.get('equation')}`.replaceAll(' ', '').split('->');
    return (...inputs) => {
      if (inputs.length > 2) fail('E_OPERATOR', 'two operands', inputs.length);
      const sizes = new Map<string, number>();
      let wide = 0;
      // The dimensions under an ellipsis are counted from the last, as broadcasting does.
      const spell = (term: string, rank = wide): string =>
        term.replace('...', Array.from({ length: rank }, (_, i) => rank - 1 - i).join(''));
      const terms = left.split(',').map((term, i) => {
        const { dims } = inputs[i] ?? fail('E_MODEL_FORMAT', 'an operand for each term', left);
        const rank = term.includes('...') ? dims.length - term.length + 3 : 0;
        wide = Math.max(wide, rank);
        const letters = [...spell(term, Math.max(0, rank))];
        if (letters.length !== dims.length) fail('E_SHAPE', `dims for ${term}`);
        for (const [axis, letter] of letters.entries()) {
          const size = dims[axis] as number;
          const known = sizes.get(letter) ?? 1;
          if (known !== 1 && size !== 1 && known !== size)
            fail('E_SHAPE', `the same size for ${letter}`, size);
          sizes.set(letter, known === 1 ? size : known);
        }
        return letters;
      });
      const all = terms.flat();
      const once = all
        .filter((letter) => letter > '9' && all.indexOf(letter) === all.lastIndexOf(letter))
        .sort();
      const result = [...spell(right ?? `...${once.join('')}`)];
      const rest = [...sizes.keys()].filter((letter) => !result.includes(letter));
      const order = [...result, ...rest];
      const size = (letter: string): number =>
        sizes.get(letter) ?? fail('E_MODEL_FORMAT', 'letters of operands', letter);
      const dims = order.map(size);
      const stridesBy = (letters: readonly string[], own: readonly number[]): number[] => {
        const strides = stridesOf(own);
        return order.map((letter) =>
          letters.reduce((sum, l, i) => sum + (l === letter && own[i] !== 1 ? (strides[i] as number) : 0), 0),
        );
      };
      const { type } = inputs[0] as Value; // the plan has looked
      const out = node.allocate(type, result.map(size), sizeOf(rest.map(size)));
      const inner = sizeOf(rest.map(size));
      const [stridesA = [], stridesB = order.map(() => 0)] = terms.map((letters, i) =>
        stridesBy(letters, (inputs[i] as Value).dims),
      );
      node.each(() => {
        const to = out.data;
        const [a = [], b = [cellOf(type, 1)]] = inputs.map(({ data }) => data);
        for (let i = 0; i < to.length; i++) to[i] = cellOf(type, 0);
        // What is summed over comes last in the order.
        walk(dims, stridesA, stridesB, (index, i, j) => {
          const at = Math.floor(index / inner);
          to[at] = (to[at] as number) + (a[i] as number) * (b[j] as number);
        })();
      });
      return out;
    };
  },
];
