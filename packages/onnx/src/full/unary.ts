import { sigmoid, tanh } from '../math.ts';
import type { Operator, Operators } from '../operator.ts';
import { mlpOperators } from '../operators/mlp.ts';
import { combine, map } from './layout.ts';
import { exp, log, round, softplus } from './math.ts';
import { cellOf, FLOATS, isFloat, NUMBERS, SIGNED } from './types.ts';

type Compute = (v: number) => number;

const each = (compute: Compute, types: string = FLOATS): Operator => [
  1,
  types,
  (node) => (x) => map(node, x, compute),
];

/** A function with numbers from attributes. */
const shaped = (
  names: Readonly<Record<string, number>>,
  create: (...parameters: number[]) => Compute,
): Operator => [
  1,
  FLOATS,
  (node) => {
    const compute = create(...Object.entries(names).map(([name, fallback]) => node.number(name, fallback)));
    return (x) => map(node, x, compute);
  },
];

/** What the MLP tier has for floats, which does as well for other types. */
const widen = (name: string, types: string = FLOATS): Operator => [
  1,
  types,
  (mlpOperators[name] as Operator)[2], // names of that table
];

export const unary: Operators = {
  Relu: widen('Relu', `${FLOATS}, int8, int16, int32`),
  Sigmoid: widen('Sigmoid'),
  Tanh: widen('Tanh'),
  Erf: widen('Erf'),
  LeakyRelu: widen('LeakyRelu'),
  Gelu: widen('Gelu'),
  Clip: widen('Clip', NUMBERS),

  Neg: each((v) => -v, SIGNED),
  Abs: [1, NUMBERS, (node) => (x) => map(node, x, isFloat(x.type) ? Math.abs : (v) => (v < 0 ? -v : v))],
  Sign: [
    1,
    NUMBERS,
    (node) => (x) => {
      const [one, none] = [cellOf(x.type, 1), cellOf(x.type, -1)];
      return map(node, x, (v) => (v > 0 ? one : v < 0 ? none : v));
    },
  ],
  Floor: each(Math.floor),
  Ceil: each(Math.ceil),
  Round: each(round),
  Sqrt: each(Math.sqrt),
  Exp: each(exp),
  Log: each(log),
  Reciprocal: each((v) => 1 / v),
  Softplus: each(softplus),
  Softsign: each((v) => v / (1 + Math.abs(v))),
  Mish: each((v) => v * tanh(softplus(v))),
  HardSwish: each((v) => v * Math.max(0, Math.min(1, v / 6 + 0.5))),
  Not: [1, 'bool', (node) => (x) => map(node, x, (v) => Number(!v))],
  IsNaN: [1, FLOATS, (node) => (x) => map(node, x, (v) => Number(Number.isNaN(v)), 'bool')],

  Elu: shaped({ alpha: 1 }, (alpha) => (v) => (v < 0 ? alpha * (exp(v) - 1) : v)),
  Celu: shaped({ alpha: 1 }, (alpha) => (v) => Math.max(0, v) + Math.min(0, alpha * (exp(v / alpha) - 1))),
  Selu: shaped(
    { alpha: 1.6732631921768188, gamma: 1.0507010221481323 },
    (alpha, gamma) => (v) => gamma * (v > 0 ? v : alpha * (exp(v) - 1)),
  ),
  HardSigmoid: shaped(
    { alpha: 0.2, beta: 0.5 },
    (alpha, beta) => (v) => Math.max(0, Math.min(1, alpha * v + beta)),
  ),
  Swish: shaped({ alpha: 1 }, (alpha) => (v) => v * sigmoid(alpha * v)),
  ThresholdedRelu: shaped({ alpha: 1 }, (alpha) => (v) => (v > alpha ? v : 0)),

  PRelu: [2, NUMBERS, (node) => (x, slope) => combine(node, x, slope, (v, w) => (v < 0 ? v * w : v))],
};
