import { fail } from '../onnx-error.ts';
import { type Operator, type OperatorNode, type Operators, resolveIndex } from '../operator.ts';
import { mlpOperators } from '../operators/mlp.ts';
import { type Cells, sizeOf, type Value } from '../value.ts';
import { eachRow, expand, rowsOf } from './layout.ts';
import { exp, log } from './math.ts';
import { FLOATS } from './types.ts';

/** Computes one row, of `size` elements `step` apart. */
type RowWork = (to: Cells, from: Cells, first: number, step: number, size: number) => void;

/** Row by row along an axis. Before opset 13 everything from the axis on was one row. */
function alongAxis(
  node: OperatorNode,
  flattens: boolean,
  fallback: number,
  work: RowWork,
): (x: Value) => Value {
  const given = node.number('axis', fallback);
  return (x) => {
    const axis = resolveIndex(given, x.dims.length);
    const rows = flattens
      ? rowsOf([sizeOf(x.dims.slice(0, axis)), sizeOf(x.dims.slice(axis))], 1)
      : rowsOf(x.dims, axis);
    const out = node.allocate(x.type, x.dims);
    node.each(() => {
      const to = out.data;
      const from = x.data;
      eachRow(rows, (first, step) => work(to, from, first, step, rows.size));
    });
    return out;
  };
}

const softmaxLike = (work: RowWork): Operator => [
  1,
  FLOATS,
  (node) => alongAxis(node, node.opset < 13, node.opset < 13 ? 1 : -1, work),
];

function most(from: Cells, first: number, step: number, size: number): number {
  let result = -1 / 0;
  for (let i = 0; i < size; i++) result = Math.max(result, from[first + i * step] as number);
  return result;
}

const doubleSoftmax = softmaxLike((to, from, first, step, size) => {
  const peak = most(from, first, step, size);
  let sum = 0;
  for (let i = first, end = first + size * step; i < end; i += step) {
    to[i] = exp((from[i] as number) - peak);
    sum += to[i] as number;
  }
  for (let i = first, end = first + size * step; i < end; i += step) to[i] = (to[i] as number) / sum;
});

/** The MLP tier's kernel for floats, another for doubles. */
function widen(float: Operator, double: Operator): Operator {
  return [
    float[0],
    FLOATS,
    (node) => {
      const kernel = float[2](node);
      const other = double[2](node);
      return (...inputs) => (inputs[0]?.type === 'float32' ? kernel : other)(...inputs);
    },
  ];
}

/** Rows of everything from an axis on, scaled; `centres` takes the mean away first. Then the results are also the mean
 * and the inverse deviation. */
const layer = (centres: boolean): Operator => [
  2,
  FLOATS,
  (node) => {
    const given = node.number('axis', -1);
    const epsilon = node.number('epsilon', 1e-5);
    return (x, scale, bias?: Value) => {
      const axis = resolveIndex(given, x.dims.length);
      const width = sizeOf(x.dims.slice(axis));
      const dims = x.dims.map((dim, i) => (i < axis ? dim : 1));
      const out = node.allocate(x.type, x.dims, 4);
      const means = node.allocate(x.type, dims, 0, 1);
      const inverses = node.allocate(x.type, dims, 0, 2);
      const parameters = [scale, bias].map((p, i) => p && expand(node, p, x.dims.slice(axis), 3 + i));
      node.each(() => {
        const to = out.data;
        const from = x.data;
        const [scales = [], biases] = parameters.map((p) => p?.data);
        for (let row = 0, first = 0; row < means.data.length; row++, first += width) {
          let mean = 0;
          let variance = 0;
          if (centres) {
            for (let i = 0; i < width; i++) mean += from[first + i] as number;
            mean /= width;
          }
          for (let i = 0; i < width; i++) variance += square((from[first + i] as number) - mean);
          const inverse = 1 / Math.sqrt(variance / width + epsilon);
          for (let i = 0; i < width; i++) {
            const scaled = ((from[first + i] as number) - mean) * inverse * (scales[i] as number);
            to[first + i] = biases ? scaled + (biases[i] as number) : scaled;
          }
          means.data[row] = mean;
          inverses.data[row] = inverse;
        }
      });
      return centres ? [out, means, inverses] : [out, inverses];
    };
  },
];

function square(v: number): number {
  return v * v;
}

/** Each channel scaled by its own numbers; `parameters` gives scale, bias, mean and variance of row and channel. */
function channels(
  node: OperatorNode,
  x: Value,
  inputs: readonly Value[],
  own: boolean,
  epsilon: number,
): Value {
  const [, count = 1] = x.dims;
  const width = sizeOf(x.dims.slice(2));
  if (x.dims.length < (own ? 3 : 2) || inputs.some(({ dims }) => sizeOf(dims) !== count)) {
    fail('E_SHAPE', 'a parameter for each channel');
  }
  const out = node.allocate(x.type, x.dims, 4);
  node.each(() => {
    const to = out.data;
    const from = x.data;
    const [scale = [], bias = [], means = [], variances = []] = inputs.map(({ data }) => data);
    for (let first = 0; first < to.length; first += width) {
      const channel = Math.floor(first / width) % count;
      let mean = means[channel] ?? 0;
      let variance = variances[channel] ?? 0;
      if (own) {
        for (let i = 0; i < width; i++) mean += (from[first + i] as number) / width;
        for (let i = 0; i < width; i++) variance += square((from[first + i] as number) - mean) / width;
      }
      const factor = (scale[channel] as number) / Math.sqrt(variance + epsilon);
      for (let i = 0; i < width; i++) {
        to[first + i] = ((from[first + i] as number) - mean) * factor + (bias[channel] as number);
      }
    }
  });
  return out;
}

export const normalization: Operators = {
  Softmax: widen(mlpOperators.Softmax as Operator, doubleSoftmax),
  LogSoftmax: softmaxLike((to, from, first, step, size) => {
    const peak = most(from, first, step, size);
    let sum = 0;
    for (let i = 0; i < size; i++) sum += exp((from[first + i * step] as number) - peak);
    const rest = log(sum);
    for (let i = 0; i < size; i++) to[first + i * step] = (from[first + i * step] as number) - peak - rest;
  }),
  Hardmax: softmaxLike((to, from, first, step, size) => {
    const peak = most(from, first, step, size);
    let found = 0;
    for (let i = 0; i < size; i++) {
      const is = Number(!found && from[first + i * step] === peak);
      found += is;
      to[first + i * step] = is;
    }
  }),
  LpNormalization: [
    1,
    FLOATS,
    (node) => {
      const p = node.number('p', 2);
      if (p !== 1 && p !== 2) fail('E_OPERATOR', 'p 1 or 2', p);
      return alongAxis(node, false, -1, (to, from, first, step, size) => {
        let sum = 0;
        for (let i = 0; i < size; i++) {
          const v = from[first + i * step] as number;
          sum += p === 2 ? v * v : Math.abs(v);
        }
        const norm = (p === 2 ? Math.sqrt(sum) : sum) || 1;
        for (let i = 0; i < size; i++) to[first + i * step] = (from[first + i * step] as number) / norm;
      });
    },
  ],
  LayerNormalization: layer(true),
  RMSNormalization: layer(false),
  SimplifiedLayerNormalization: layer(false),
  InstanceNormalization: [
    3,
    FLOATS,
    (node) => {
      const epsilon = node.number('epsilon', 1e-5);
      return (x, scale, bias) => channels(node, x, [scale, bias], true, epsilon);
    },
  ],
  BatchNormalization: widen(mlpOperators.BatchNormalization as Operator, [
    5,
    FLOATS,
    (node) => {
      const epsilon = node.number('epsilon', 1e-5);
      return (x, ...parameters) => channels(node, x, parameters, false, epsilon);
    },
  ]),
};
