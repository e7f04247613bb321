import { fail } from '../onnx-error.ts';
import type { Operator } from '../operator.ts';
import type { Dims, Value } from '../value.ts';
import { contract } from './contraction.ts';
import { stridesOf } from './layout.ts';
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
      const [a, b] = inputs.map((x, i) => [x, stridesBy(terms[i] ?? [], x.dims)] as const);
      const one: Value = { type, data: [cellOf(type, 1)], dims: [] };
      // The plan has looked for the first.
      return contract(
        node,
        type,
        dims,
        result.length,
        a as readonly [Value, Dims],
        b ?? [one, dims.map(() => 0)],
      );
    };
  },
];
