import { float32, int64, type NodeSpec } from '../model-builder.ts';
import { createRandom } from '../random.ts';
import type { ExportedModel } from './exported-model.ts';
import { createGraphWriter, integers } from './graph-writer.ts';

const ML = 'ai.onnx.ml';
const DOMAINS = { [ML]: 3 };
const draw = (seed: number, count: number): { floats: number[] } => ({
  floats: Array.from(createRandom(seed).floats(count)),
});
const SCALER: NodeSpec = {
  op: 'Scaler',
  name: 'Scaler',
  domain: ML,
  inputs: ['X'],
  outputs: ['scaled'],
  attributes: {
    offset: { floats: [0.1, -0.2, 3, 0] },
    scale: { floats: [1, 2, 0.5, 1.5] },
  },
};

function logistic(
  name: string,
  classes: number,
  attributes: NonNullable<NodeSpec['attributes']>,
): ExportedModel {
  return {
    name,
    spec: {
      nodes: [
        SCALER,
        {
          op: 'LinearClassifier',
          name: 'LinearClassifier',
          domain: ML,
          inputs: ['scaled'],
          outputs: ['label', 'raw'],
          attributes,
        },
        {
          op: 'Normalizer',
          domain: ML,
          inputs: ['raw'],
          outputs: ['probabilities'],
          attributes: { norm: 'L1' },
        },
      ],
      inputs: [{ name: 'X', dims: ['N', 4] }],
      outputs: [
        { name: 'label', type: 'int64', dims: ['N'] },
        { name: 'probabilities', dims: ['N', classes] },
      ],
      opset: 15,
      domains: DOMAINS,
    },
    feeds: [{ name: 'X', dims: [9, 4] }],
  };
}

/** `MLPClassifier` of two classes: the label is looked up by the larger of `1 - p` and `p`. */
function perceptronClassifier(): ExportedModel {
  const { op, weight, store, nodes, initializers } = createGraphWriter('plain', 61);
  const cast = op('Cast', ['X'], { attributes: { to: 1 } });
  const layer = (x: string, i: number, from: number, to: number): string =>
    op('Add', [
      op('MatMul', [x, weight(`coefficient${i}`, [from, to], from)]),
      weight(`intercepts${i}`, [1, to]),
    ]);
  const hidden = op('Relu', [layer(cast, 0, 4, 8)]);
  const positive = op('Sigmoid', [layer(hidden, 1, 8, 1)]);
  const negative = op('Sub', [store('unity', float32([], [1])), positive]);
  const both = op('Concat', [negative, positive], { as: 'probabilities', attributes: { axis: 1 } });
  const best = op('ArgMax', [both], { attributes: { axis: 1 } });
  const picked = op('ArrayFeatureExtractor', [store('classes', int64([2], [3, 8])), best], { domain: ML });
  const text = op('Reshape', [picked, store('shape_tensor', integers(-1))]);
  op('Cast', [text], { as: 'output_label', attributes: { to: 7 } });
  return {
    name: 'scikit-learn MLPClassifier',
    spec: {
      nodes,
      initializers,
      inputs: [{ name: 'X', dims: ['N', 4] }],
      outputs: [
        { name: 'output_label', type: 'int64', dims: ['N'] },
        { name: 'probabilities', dims: ['N', 2] },
      ],
      opset: 15,
      domains: DOMAINS,
    },
    feeds: [{ name: 'X', dims: [9, 4] }],
  };
}

/** A ColumnTransformer: numbers imputed and scaled, a category one-hot, then a linear model. */
function pipeline(): ExportedModel {
  const { op, nodes, initializers } = createGraphWriter('plain', 62);
  const numbers = op('Imputer', ['numbers'], {
    domain: ML,
    attributes: {
      imputed_value_floats: { floats: [0.5, -1, 2] },
      replaced_value_float: { float: Number.NaN },
    },
  });
  const scaled = op('Scaler', [numbers], {
    domain: ML,
    attributes: { offset: { floats: [0.1, 0.2, 0.3] }, scale: { floats: [1, 2, 3] } },
  });
  const hot = op('OneHotEncoder', ['category'], {
    domain: ML,
    attributes: { cats_int64s: [1, 3, 5], zeros: 1 },
  });
  const joined = op('Concat', [scaled, op('Reshape', [hot, 'flat'])], { attributes: { axis: 1 } });
  initializers.flat = int64([2], [-1, 3]);
  op('LinearRegressor', [joined], {
    as: 'variable',
    domain: ML,
    attributes: { coefficients: draw(63, 6), intercepts: { floats: [0.25] } },
  });
  return {
    name: 'scikit-learn pipeline with imputer and one-hot',
    spec: {
      nodes,
      initializers,
      inputs: [
        { name: 'numbers', dims: ['N', 3] },
        { name: 'category', type: 'int64', dims: ['N', 1] },
      ],
      outputs: [{ name: 'variable', dims: ['N', 1] }],
      opset: 15,
      domains: DOMAINS,
    },
    feeds: [
      { name: 'numbers', dims: [8, 3], missingEvery: 5 },
      { name: 'category', dims: [8, 1], below: 6 },
    ],
  };
}

/** Text categories: LabelEncoder to integers, then an embedding by Gather. */
function labels(): ExportedModel {
  const { op, weight, nodes, initializers } = createGraphWriter('plain', 64);
  const codes = op('LabelEncoder', ['brand'], {
    domain: ML,
    attributes: { keys_strings: { strings: ['a', 'b', 'é'] }, values_int64s: [2, 1, 3], default_int64: 0 },
  });
  op('Gather', [weight('table', [4, 2]), codes], { as: 'embedded' });
  return {
    name: 'text categories by LabelEncoder',
    spec: {
      nodes,
      initializers,
      inputs: [{ name: 'brand', type: 'string', dims: ['N'] }],
      outputs: [{ name: 'embedded', dims: ['N', 2] }],
      opset: 15,
      domains: DOMAINS,
    },
    feeds: [{ name: 'brand', dims: [6], type: 'string', texts: ['a', 'b', 'é', 'unknown', ''] }],
  };
}

/** As skl2onnx writes them, with `zipmap=False`. */
export const sklModels: readonly ExportedModel[] = [
  logistic('scikit-learn LogisticRegression of two', 2, {
    classlabels_ints: [0, 1],
    coefficients: { floats: [-0.5, 0.25, -1, 2, 0.5, -0.25, 1, -2] },
    intercepts: { floats: [-0.125, 0.125] },
    multi_class: 1,
    post_transform: 'LOGISTIC',
  }),
  logistic('scikit-learn LogisticRegression of three', 3, {
    classlabels_ints: [1, 2, 3],
    coefficients: draw(65, 12),
    intercepts: draw(66, 3),
    multi_class: 1,
    post_transform: 'SOFTMAX',
  }),
  perceptronClassifier(),
  pipeline(),
  labels(),
];
