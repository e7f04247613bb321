import { fail } from '../onnx-error.ts';
import type { OperatorNode, Operators } from '../operator.ts';
import { resolveIndex } from '../operator.ts';
import { type Cells, sizeOf, type TensorType, type Value } from '../value.ts';
import { numbersOf } from './attributes.ts';
import { labelsOf } from './labels.ts';
import { compute, map } from './layout.ts';
import { scoreRows, transformOf } from './scores.ts';
import { cellOf, FLOATS, NUMBERS } from './types.ts';

const NUMERIC = `${FLOATS}, int32, int64`;

/** Scores of rows: a row times the coefficients of each of `count` targets, and the intercepts. */
function scorer(
  node: OperatorNode,
  count: number,
): (x: Value) => { rows: number; of(row: number, from: Cells): number[] } {
  const coefficients = numbersOf(node, 'coefficients');
  const intercepts = numbersOf(node, 'intercepts');
  return (x) => {
    const width = x.dims.at(-1) ?? 0;
    if (!x.dims.length || x.dims.length > 2 || width * count !== coefficients.length) {
      fail('E_SHAPE', `rows of ${coefficients.length / count} features`);
    }
    return {
      rows: x.dims.length > 1 ? (x.dims[0] as number) : 1,
      of: (row, from) =>
        Array.from({ length: count }, (_, target) => {
          let sum = 0;
          for (let i = 0; i < width; i++)
            sum += Number(from[row * width + i]) * (coefficients[target * width + i] as number);
          return sum + (intercepts[target] ?? 0);
        }),
    };
  };
}

/** A function of each element and its place in a row. */
function byFeature(
  node: OperatorNode,
  x: Value,
  lists: readonly number[][],
  change: (v: number, i: number) => number,
  type: TensorType = x.type,
): Value {
  const width = x.dims.at(-1) ?? 1;
  for (const { length } of lists)
    if (length !== 1 && length !== width) fail('E_SHAPE', `1 or ${width} numbers`, length);
  return compute(node, type, x.dims, [x], (to, from) => {
    for (let i = 0; i < to.length; i++) to[i] = change(from[i] as number, i % width);
  });
}

const at = (list: readonly number[], i: number): number => list[list.length > 1 ? i : 0] as number;

export const tabular: Operators = {
  'ai.onnx.ml.LinearRegressor': [
    1,
    NUMERIC,
    (node) => {
      const targets = node.number('targets', 1);
      const scores = scorer(node, targets);
      const { apply } = transformOf(node);
      return (x) => {
        const { rows, of } = scores(x);
        const rowOf = (row: number, from: Cells = []): number[] => {
          const list = of(row, from);
          apply(list);
          return list;
        };
        return scoreRows(node, 'float32', [rows, targets], [x], rowOf, x.dims.at(-1));
      };
    },
  ],

  'ai.onnx.ml.LinearClassifier': [
    1,
    NUMERIC,
    (node) => {
      const labels = labelsOf(node, 'classlabels_ints');
      const classes = numbersOf(node, 'intercepts').length;
      const scores = scorer(node, classes);
      const { name, apply } = transformOf(node);
      // One score tells of two classes.
      const isOneSided = classes === 1 && labels.data.length === 2;
      return (x) => {
        const { rows, of } = scores(x);
        const width = isOneSided ? 2 : classes;
        const label = node.allocate(labels.type, [rows], (x.dims.at(-1) ?? 0) * classes);
        const out = scoreRows(node, 'float32', [rows, width], [x], (row, from = []) => {
          const list = of(row, from);
          const best = classes > 1 ? list.indexOf(Math.max(...list)) : Number((list[0] as number) > 0);
          label.data[row] = labels.data[best] ?? cellOf(labels.type, best);
          if (isOneSided) list.unshift((name === 'LOGISTIC' ? 0 : 1) - (list[0] as number));
          if (!isOneSided || name === 'LOGISTIC') apply(list);
          return list;
        });
        return [label, out];
      };
    },
  ],

  'ai.onnx.ml.Scaler': [
    1,
    NUMERIC,
    (node) => {
      const offsets = numbersOf(node, 'offset');
      const scales = numbersOf(node, 'scale');
      return (x) =>
        byFeature(
          node,
          x,
          [offsets, scales],
          (v, i) => (Number(v) - at(offsets, i)) * at(scales, i),
          'float32',
        );
    },
  ],

  'ai.onnx.ml.Imputer': [
    1,
    NUMERIC,
    (node) => {
      const suffixes = numbersOf(node, 'imputed_value_floats').length
        ? ['floats', 'float']
        : ['int64s', 'int64'];
      const values = numbersOf(node, `imputed_value_${suffixes[0]}`);
      const missing = Number(node.attributes.get(`replaced_value_${suffixes[1]}`) ?? 0);
      return (x) => {
        const width = x.dims.at(-1) ?? 1;
        if (!values.length) fail('E_OPERATOR', 'values to impute');
        const list = values.length === width ? values : values.slice(0, 1);
        return byFeature(node, x, [], (v, i) => {
          const isMissing = Number.isNaN(missing) ? Number.isNaN(v) : Number(v) === missing;
          return isMissing ? cellOf(x.type, at(list, i)) : v;
        });
      };
    },
  ],

  'ai.onnx.ml.Binarizer': [
    1,
    NUMERIC,
    (node) => {
      const threshold = node.number('threshold', 0);
      return (x) => map(node, x, (v) => cellOf(x.type, Number(v > threshold)));
    },
  ],

  'ai.onnx.ml.ArrayFeatureExtractor': [
    2,
    '',
    (node) => (x, indices) => {
      if (!`${NUMBERS}, string`.includes(x.type)) fail('E_OPERATOR', NUMBERS);
      const width = x.dims.at(-1) ?? 0;
      const count = sizeOf(indices.dims);
      const dims = [...(x.dims.length > 1 ? x.dims.slice(0, -1) : [1]), count];
      return compute(node, x.type, dims, [x, indices], (to, from, picks) => {
        for (let i = 0; i < to.length; i++) {
          const index = resolveIndex(Number(picks[i % count]), width);
          to[i] = from[Math.floor(i / count) * width + index] as number;
        }
      });
    },
  ],
};
