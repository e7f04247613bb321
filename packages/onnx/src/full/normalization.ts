import { fail } from '../onnx-error.ts';
import { type Operator, type OperatorNode, type Operators, resolveIndex } from '../operator.ts';
import { mlpOperators } from '../operators/mlp.ts';
import { type Cells, sizeOf, type TensorType, type Value } from '../value.ts';
import { choiceOf } from './attributes.ts';
import { compute, eachRow, expand, rowsOf } from './layout.ts';
import { exp, log } from './math.ts';
import { softmax } from './scores.ts';
import { FLOATS } from './types.ts';

/** Rows along an axis, each changed in place by `work`. With `flattens` everything from the axis on is one row. */
function alongAxis(
  node: OperatorNode,
  fallback: number,
  work: (row: number[]) => void,
  flattens = false,
): (x: Value, type?: TensorType) => Value {
  const given = node.number('axis', fallback);
  return (x, type = x.type) => {
    const axis = resolveIndex(given, x.dims.length);
    const rows = flattens
      ? rowsOf([sizeOf(x.dims.slice(0, axis)), sizeOf(x.dims.slice(axis))], 1)
      : rowsOf(x.dims, axis);
    return compute(node, type, x.dims, [x], (to, from) => {
      const row: number[] = [];
      eachRow(rows, (first, step) => {
        for (let i = 0; i < rows.size; i++) row[i] = Number(from[first + i * step]);
        work(row);
        for (let i = 0; i < rows.size; i++) to[first + i * step] = row[i] as number;
      });
    });
  };
}

/** Before opset 13 everything from the axis on was one row. */
const softmaxLike = (work: (row: number[]) => void): Operator => [
  1,
  FLOATS,
  (node) => {
    const kernel = alongAxis(node, node.opset < 13 ? 1 : -1, work, node.opset < 13);
    return (x) => kernel(x);
  },
];

/** Rows divided by a norm of theirs. */
const divide =
  (norm: string) =>
  (row: number[]): void => {
    let sum = norm === 'MAX' ? -1 / 0 : 0;
    for (const v of row)
      sum = norm === 'MAX' ? Math.max(sum, v) : sum + (norm === 'L1' ? Math.abs(v) : v * v);
    const whole = (norm === 'L2' ? Math.sqrt(sum) : sum) || 1;
    for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) / whole;
  };

/** The MLP tier's kernel for floats, another for doubles. */
function widen(name: string, double: Operator): Operator {
  const [required, , create] = mlpOperators[name] as Operator; // names of that table
  return [
    required,
    FLOATS,
    (node) => {
      const kernel = create(node);
      const other = double[2](node);
      return (...inputs) => (inputs[0]?.type === 'float32' ? kernel : other)(...inputs);
    },
  ];
}

/** How rows are normalized. */
interface Normalization {
  /** Of the places in a row, and of rows in turn where `byRow`. */
  readonly scale: Value;
  readonly bias?: Value | undefined;
  readonly byRow?: boolean;
  /** Of rows in turn; otherwise of each row itself. */
  readonly mean?: Value | undefined;
  readonly variance?: Value | undefined;
  /** Whether the mean is taken away. */
  readonly centres?: boolean;
}

/** Rows of everything from an axis on, scaled. @returns also the mean and the inverse deviation of each */
function normalize(
  node: OperatorNode,
  x: Value,
  axis: number,
  { scale, bias, byRow, mean: givenMean, variance: givenVariance, centres = true }: Normalization,
): [out: Value, means: Value, inverses: Value] {
  const epsilon = node.number('epsilon', 1e-5);
  const width = sizeOf(x.dims.slice(axis));
  const dims = x.dims.map((dim, i) => (i < axis ? dim : 1));
  const means = node.allocate(x.type, dims);
  const inverses = node.allocate(x.type, dims);
  const inputs = [x, scale, bias, givenMean, givenVariance] as Value[]; // what is not there has no elements
  const work = (
    to: Cells,
    from: Cells,
    scales: Cells,
    biases?: Cells,
    ownMeans?: Cells,
    ownVariances?: Cells,
  ): void => {
    for (let row = 0, first = 0; row < means.data.length; row++, first += width) {
      const place = row % scales.length;
      let mean = ownMeans?.[place] ?? 0;
      let variance = ownVariances?.[place] ?? 0;
      if (centres && !ownMeans) {
        for (let i = 0; i < width; i++) mean += from[first + i] as number;
        mean /= width;
      }
      if (!ownVariances) {
        for (let i = 0; i < width; i++) {
          const distance = (from[first + i] as number) - mean;
          variance += distance * distance;
        }
        variance /= width;
      }
      const inverse = 1 / Math.sqrt(variance + epsilon);
      for (let i = 0; i < width; i++) {
        const at = byRow ? place : i;
        const scaled = ((from[first + i] as number) - mean) * inverse * (scales[at] as number);
        to[first + i] = biases ? scaled + (biases[at] as number) : scaled;
      }
      means.data[row] = mean;
      inverses.data[row] = inverse;
    }
  };
  return [compute(node, x.type, x.dims, inputs, work, 4), means, inverses];
}

const layer = (centres: boolean): Operator => [
  2,
  FLOATS,
  (node) => {
    const given = node.number('axis', -1);
    return (x, ...parameters) => {
      const axis = resolveIndex(given, x.dims.length);
      const [scale, bias] = parameters.map((p) => p && expand(node, p, x.dims.slice(axis))) as [
        Value,
        Value?,
      ];
      const [out, means, inverses] = normalize(node, x, axis, { scale, bias, centres });
      return centres ? [out, means, inverses] : [out, inverses];
    };
  },
];

/** Each channel by parameters of its own. */
const channels = (required: number): Operator => [
  required,
  FLOATS,
  (node) =>
    (x, ...parameters) => {
      const [scale, bias, mean, variance] = parameters as [Value, Value, Value?, Value?]; // the plan has looked
      if (x.dims.length < (mean ? 2 : 3) || parameters.some(({ dims }) => sizeOf(dims) !== x.dims[1])) {
        fail('E_SHAPE', 'a parameter for each channel');
      }
      return normalize(node, x, 2, { scale, bias, mean, variance, byRow: true })[0];
    },
];

const logSoftmax = (row: number[]): void => {
  const peak = row.reduce((most, v) => Math.max(most, v), -1 / 0);
  const rest = log(row.reduce((sum, v) => sum + exp(v - peak), 0));
  for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) - peak - rest;
};

export const normalization: Operators = {
  Softmax: widen('Softmax', softmaxLike(softmax)),
  LogSoftmax: softmaxLike(logSoftmax),
  Hardmax: softmaxLike((row) => {
    const at = row.indexOf(row.reduce((most, v) => Math.max(most, v), -1 / 0));
    for (let i = 0; i < row.length; i++) row[i] = Number(i === at);
  }),
  LpNormalization: [
    1,
    FLOATS,
    (node) => {
      const p = node.number('p', 2);
      if (p !== 1 && p !== 2) fail('E_OPERATOR', 'p 1 or 2', p);
      const kernel = alongAxis(node, -1, divide(`L${p}`));
      return (x) => kernel(x);
    },
  ],
  'ai.onnx.ml.Normalizer': [
    1,
    `${FLOATS}, int32, int64`,
    (node) => {
      const kernel = alongAxis(node, -1, divide(choiceOf(node, 'norm', ['MAX', 'L1', 'L2'])));
      return (x) => kernel(x, 'float32');
    },
  ],
  LayerNormalization: layer(true),
  RMSNormalization: layer(false),
  SimplifiedLayerNormalization: layer(false),
  InstanceNormalization: channels(3),
  BatchNormalization: widen('BatchNormalization', channels(5)),
};
