import { erf, exp, tanh } from '../math.ts';
import { FLOAT, NUMBER, type Operators, resolveIndex } from '../operator.ts';
import { sizeOf, type Value } from '../value.ts';
import { basicActivation, map } from './basic-activation.ts';

export const activation: Operators = {
  ...basicActivation,
  Erf: [
    1,
    FLOAT,
    (node) => (x) =>
      map(node, x, (to, from, i) => {
        to[i] = erf(from[i] as number);
      }),
  ],

  LeakyRelu: [
    1,
    FLOAT,
    (node) => {
      const alpha = Math.fround(node.number('alpha', 0.01));
      return (x) =>
        map(node, x, (to, from, i) => {
          const v = from[i] as number;
          to[i] = v < 0 ? alpha * v : v;
        });
    },
  ],

  Gelu: [
    1,
    FLOAT,
    (node) => {
      const byTanh = node.attributes.get('approximate') === 'tanh';
      return (x) =>
        map(node, x, (to, from, i) => {
          const v = from[i] as number;
          const share = byTanh
            ? tanh(0.7978845608028654 * (v + 0.044715 * v * v * v))
            : erf(v * Math.sqrt(0.5));
          to[i] = 0.5 * v * (1 + share);
        });
    },
  ],

  // The bounds were attributes before opset 11, and are optional inputs since.
  Clip: [
    1,
    NUMBER,
    (node) => (x, min?: Value, max?: Value) => {
      // Every comparison with an absent bound is false.
      const low = (min?.data[0] ?? node.attributes.get('min')) as number;
      const high = (max?.data[0] ?? node.attributes.get('max')) as number;
      // Not Math.max and Math.min, which do not take 64-bit integers.
      return map(node, x, (to, from, i) => {
        let v = from[i] as number;
        if (v < low) v = low;
        if (v > high) v = high;
        to[i] = v;
      });
    },
  ],

  // Before opset 13 everything from the axis on is one row.
  Softmax: [
    1,
    FLOAT,
    (node) => {
      const flattens = node.opset < 13;
      const given = node.number('axis', flattens ? 1 : -1);
      return (x) => {
        const axis = resolveIndex(given, x.dims.length);
        const block = sizeOf(x.dims.slice(axis));
        const step = flattens ? 1 : sizeOf(x.dims.slice(axis + 1));
        const out = node.allocate(FLOAT, x.dims, 0, x);
        node.each(() => {
          const { data } = out;
          const from = x.data;
          for (let row = 0; row < data.length; row += block) {
            for (let first = row; first < row + step; first++) {
              const end = row + block;
              let most = from[first] as number;
              let sum = 0;
              for (let i = first; i < end; i += step) most = Math.max(most, from[i] as number);
              for (let i = first; i < end; i += step) {
                const power = Math.fround(exp(Math.fround((from[i] as number) - most)));
                data[i] = power;
                sum = Math.fround(sum + power);
              }
              for (let i = first; i < end; i += step) data[i] = (data[i] as number) / sum;
            }
          }
        });
        return out;
      };
    },
  ],
};
