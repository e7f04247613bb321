import { broadcast } from '../broadcast.ts';
import { fail } from '../onnx-error.ts';
import type { Operator, OperatorNode, Operators } from '../operator.ts';
import { mlpOperators } from '../operators/mlp.ts';
import type { Value } from '../value.ts';
import { combine, compute, expand } from './layout.ts';
import { pow } from './math.ts';
import { cellOf, FLOATS, isFloat, NUMBERS } from './types.ts';

type Compute = (v: number, w: number) => number;

/** Storing what the function returns rounds a float and wraps an integer. */
const pair = (create: (x: Value, node: OperatorNode) => Compute, types: string = NUMBERS): Operator => [
  2,
  types,
  (node) => (a, b) => combine(node, a, b, create(a, node)),
];

/** What the MLP tier has, for all numbers: with another function for those it does not know. */
function widened(name: string, other?: (x: Value) => Compute): Operator {
  const create = (mlpOperators[name] as Operator)[2]; // names of that table
  return [
    2,
    NUMBERS,
    (node) => {
      const kernel = create(node);
      return (a, b) =>
        other && ['uint32', 'float64'].includes(a.type) ? combine(node, a, b, other(a)) : kernel(a, b);
    },
  ];
}

/** A comparison: bools from a pair. */
const compare = (holds: (v: number, w: number) => boolean, types: string = NUMBERS): Operator => [
  2,
  types,
  (node) => (a, b) => combine(node, a, b, (v, w) => Number(holds(v, w)), 'bool'),
];

/** Any number of operands, folded from the left. */
const fold = (join: Compute, types: string = NUMBERS): Operator => [
  1,
  types,
  (node) =>
    (...inputs) =>
      inputs.reduce((a, b) => combine(node, a, b, join)),
];

export const arithmetic: Operators = {
  Add: widened('Add'),
  Sub: widened('Sub'),
  Mul: widened('Mul', ({ type }) => (type === 'uint32' ? Math.imul : (v, w) => v * w)),
  Div: widened('Div', () => (v, w) => v / w),

  // The remainder has the sign of the divisor, or with `fmod` of the dividend.
  Mod: pair(({ type }, node) => {
    if (node.number('fmod', 0)) return (v, w) => (w || isFloat(type) ? v % w : w);
    if (isFloat(type)) fail('E_OPERATOR', 'fmod 1 for floats');
    return (v, w) => {
      const rest = w ? v % w : w;
      return rest && rest < 0 !== w < 0 ? rest + w : rest;
    };
  }),

  // The exponent may be of another type; the result is as precise as a double.
  Pow: [
    2,
    '',
    (node) => (a, b) => {
      if (!NUMBERS.includes(a.type) || !NUMBERS.includes(b.type)) fail('E_OPERATOR', `inputs of ${NUMBERS}`);
      if (isFloat(a.type)) return combine(node, a, b, (v, w) => pow(v, Number(w)));
      return combine(node, a, b, (v, w) => {
        const result = pow(Number(v), Number(w));
        const near = Math.round(result);
        // What is whole but for a rounding is whole.
        const whole = Math.abs(result - near) <= 1e-9 * Math.abs(near) ? near : Math.trunc(result);
        return cellOf(a.type, Number.isFinite(whole) ? whole : 0);
      });
    },
  ],

  // NaN prevails.
  Max: fold((v, w) => (v > w || Number.isNaN(v) ? v : w)),
  Min: fold((v, w) => (v < w || Number.isNaN(v) ? v : w)),
  Sum: fold((v, w) => v + w, FLOATS),
  Mean: [
    1,
    FLOATS,
    (node) =>
      (...inputs) => {
        const sum = inputs.reduce((a, b) => combine(node, a, b, (v, w) => v + w));
        if (inputs.length > 1) {
          node.each(() => {
            const { data } = sum;
            for (let i = 0; i < data.length; i++) data[i] = (data[i] as number) / inputs.length;
          });
        }
        return sum;
      },
  ],

  Equal: compare((v, w) => v === w, `${NUMBERS}, bool, string`),
  Greater: compare((v, w) => v > w),
  GreaterOrEqual: compare((v, w) => v >= w),
  Less: compare((v, w) => v < w),
  LessOrEqual: compare((v, w) => v <= w),
  And: pair(() => (v, w) => v & w, 'bool'),
  Or: pair(() => (v, w) => v | w, 'bool'),
  Xor: pair(() => (v, w) => v ^ w, 'bool'),

  Where: [
    3,
    '',
    (node) => (condition, a, b) => {
      if (condition.type !== 'bool' || a.type !== b.type) fail('E_OPERATOR', 'bool and two of the same type');
      const dims = broadcast(broadcast(condition.dims, a.dims).dims, b.dims).dims;
      const operands = [condition, a, b].map((x) => expand(node, x, dims));
      return compute(node, a.type, dims, operands, (to, test, yes, no = []) => {
        for (let i = 0; i < to.length; i++) to[i] = (test[i] ? yes[i] : no[i]) as number;
      });
    },
  ],
};
