import fc from 'fast-check';
import { type Case, type Nodes, opset } from './arbitrary-case.ts';
import { data } from './arbitrary-data.ts';

const EQUATIONS: readonly (readonly [string, ...string[]])[] = [
  ['ij,jk->ik', 'ij', 'jk'],
  ['bij,bjk->bik', 'bij', 'bjk'],
  ['ij,ij', 'ij', 'ij'],
  ['bhqd,bhkd->bhqk', 'bhqd', 'bhkd'],
  ['ij->ji', 'ij'],
  ['ijk->ik', 'ijk'],
  ['ij->', 'ij'],
  ['i,j->ij', 'i', 'j'],
  ['...ij,...jk->...ik', 'bij', 'bjk'],
  ['nd,d->n', 'nd', 'd'],
];

/** Einsum. */
export const einsumNodes: Nodes = {
  Einsum: fc
    .tuple(
      fc.constantFrom(...EQUATIONS),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 26, maxLength: 26 }),
      opset(12),
    )
    .chain(([[equation, ...terms], sizes, version]) =>
      fc
        .tuple(
          ...terms.map((term) =>
            data(
              'float32',
              [...term].map((letter) => sizes[letter.charCodeAt(0) - 97] as number),
            ),
          ),
        )
        .map((inputs): Case => ({ opset: version, inputs, attributes: { equation }, outputs: ['float32'] })),
    ),
};
