import type { NodeSpec } from '../model-builder.ts';
import { createRandom } from '../random.ts';
import type { ExportedModel } from './exported-model.ts';

/** Of thresholds and features, so that the comparisons meet equals. */
const STEP = 0.25;

type Attributes = NonNullable<NodeSpec['attributes']>;

interface Trees {
  /** What every inner node compares by; two take turns. */
  readonly modes: readonly string[];
  readonly trees: number;
  readonly features: number;
  /** Where a missing value goes: the same way everywhere, either, or the attribute is left out. */
  readonly missing: 'true' | 'either' | undefined;
  /** How many weights a leaf has, and of which outputs; by tree where there are several classes to a round. */
  readonly outputsOf: (tree: number) => readonly number[];
  readonly prefix: 'target' | 'class';
}

/** Trees grown unevenly, children with the ids of a walk, as boosters write them. */
function treeAttributes({ modes, trees, features, missing, outputsOf, prefix }: Trees): Attributes {
  const random = createRandom(51);
  const nodes: {
    tree: number;
    id: number;
    mode: string;
    feature: number;
    value: number;
    yes: number;
    no: number;
  }[] = [];
  const leaves: { tree: number; id: number; output: number; weight: number }[] = [];
  for (let tree = 0; tree < trees; tree++) {
    let ids = 0;
    const grow = (depth: number): number => {
      const id = ids++;
      const isLeaf = depth === 4 || (depth > 1 && random.integer(4) === 0);
      const mode = isLeaf ? 'LEAF' : (modes[id % modes.length] as string);
      const isEqual = mode === 'BRANCH_EQ' || mode === 'BRANCH_NEQ';
      const value = isLeaf ? 0 : isEqual ? random.integer(3) * STEP : (random.integer(9) - 4) * STEP;
      const node = { tree, id, mode, feature: isLeaf ? 0 : random.integer(features), value, yes: 0, no: 0 };
      nodes.push(node);
      if (isLeaf) {
        for (const output of outputsOf(tree)) leaves.push({ tree, id, output, weight: random.next() - 0.5 });
      } else {
        node.yes = grow(depth + 1);
        node.no = grow(depth + 1);
      }
      return id;
    };
    grow(0);
  }
  return {
    nodes_treeids: nodes.map(({ tree }) => tree),
    nodes_nodeids: nodes.map(({ id }) => id),
    nodes_featureids: nodes.map(({ feature }) => feature),
    nodes_values: { floats: nodes.map(({ value }) => value) },
    nodes_modes: { strings: nodes.map(({ mode }) => mode) },
    nodes_truenodeids: nodes.map(({ yes }) => yes),
    nodes_falsenodeids: nodes.map(({ no }) => no),
    nodes_hitrates: { floats: nodes.map(() => 1) },
    ...(missing && {
      nodes_missing_value_tracks_true: nodes.map(({ mode, id }) =>
        mode === 'LEAF' ? 0 : missing === 'true' ? 1 : id % 2,
      ),
    }),
    [`${prefix}_treeids`]: leaves.map(({ tree }) => tree),
    [`${prefix}_nodeids`]: leaves.map(({ id }) => id),
    [`${prefix}_ids`]: leaves.map(({ output }) => output),
    [`${prefix}_weights`]: { floats: leaves.map(({ weight }) => weight) },
  };
}

const FEATURES = 5;
const ROWS = 40;

function regressor(name: string, attributes: Attributes, missingEvery = 7): ExportedModel {
  return {
    name,
    spec: {
      nodes: [
        {
          op: 'TreeEnsembleRegressor',
          name: 'TreeEnsembleRegressor',
          domain: 'ai.onnx.ml',
          inputs: ['input'],
          outputs: ['variable'],
          attributes,
        },
      ],
      inputs: [{ name: 'input', dims: ['N', FEATURES] }],
      outputs: [{ name: 'variable', dims: ['N', 1] }],
      opset: 15,
      domains: { 'ai.onnx.ml': 3 },
    },
    feeds: [{ name: 'input', dims: [ROWS, FEATURES], step: STEP, missingEvery }],
  };
}

function classifier(name: string, attributes: Attributes, zipped = false): ExportedModel {
  const probabilities = zipped ? 'probability_tensor' : 'probabilities';
  const zip: NodeSpec = {
    op: 'ZipMap',
    name: 'ZipMap',
    domain: 'ai.onnx.ml',
    inputs: [probabilities],
    outputs: ['probabilities'],
    attributes: { classlabels_int64s: [0, 1] },
  };
  return {
    name,
    spec: {
      nodes: [
        {
          op: 'TreeEnsembleClassifier',
          name: 'TreeEnsembleClassifier',
          domain: 'ai.onnx.ml',
          inputs: ['input'],
          outputs: ['label', probabilities],
          attributes,
        },
        ...(zipped ? [zip] : []),
      ],
      inputs: [{ name: 'input', dims: ['N', FEATURES] }],
      outputs: [
        { name: 'label', type: 'int64', dims: ['N'] },
        { name: 'probabilities', dims: ['N', 'classes'] },
      ],
      opset: 15,
      domains: { 'ai.onnx.ml': 3 },
    },
    feeds: [{ name: 'input', dims: [ROWS, FEATURES], step: STEP, missingEvery: 7 }],
  };
}

const booster = { trees: 12, features: FEATURES, outputsOf: () => [0] } as const;
const xgboost = { ...booster, modes: ['BRANCH_LT'], missing: 'either' } as const;
const lightgbm = { ...booster, modes: ['BRANCH_LEQ'], missing: 'true' } as const;
const binary = { classlabels_int64s: [0, 1], post_transform: 'LOGISTIC' };

/** Stumps that each vote for the second of two classes or do not, so that half of them often do: an exact tie in the
 * floats of a tenth, though not in doubles of the same. */
function tiedStumps(trees: number): Attributes {
  const each = Array.from({ length: trees }, (_, tree) => tree);
  const three = <T>(...values: readonly T[]): T[] => each.flatMap(() => values);
  return {
    nodes_treeids: each.flatMap((tree) => [tree, tree, tree]),
    nodes_nodeids: three(0, 1, 2),
    nodes_featureids: each.flatMap((tree) => [tree % FEATURES, 0, 0]),
    nodes_values: { floats: each.flatMap((tree) => [tree < FEATURES ? 0 : STEP, 0, 0]) },
    nodes_modes: { strings: three('BRANCH_LEQ', 'LEAF', 'LEAF') },
    nodes_truenodeids: three(1, 0, 0),
    nodes_falsenodeids: three(2, 0, 0),
    class_treeids: each.flatMap((tree) => [tree, tree]),
    class_nodeids: each.flatMap(() => [1, 2]),
    class_ids: each.flatMap(() => [0, 0]),
    class_weights: { floats: each.flatMap(() => [1 / trees, 0]) },
  };
}

/** As onnxmltools and skl2onnx write XGBoost, LightGBM and forests. */
export const treeEnsembles: readonly ExportedModel[] = [
  regressor('XGBoost regressor', {
    ...treeAttributes({ ...xgboost, prefix: 'target' }),
    n_targets: 1,
    base_values: { floats: [0.5] },
    post_transform: 'NONE',
  }),
  regressor('LightGBM regressor', {
    ...treeAttributes({ ...lightgbm, prefix: 'target' }),
    n_targets: 1,
    post_transform: 'NONE',
  }),
  regressor('LightGBM regressor with categories', {
    ...treeAttributes({ ...lightgbm, modes: ['BRANCH_LEQ', 'BRANCH_EQ'], prefix: 'target' }),
    n_targets: 1,
    post_transform: 'LOGISTIC',
  }),
  regressor('random forest regressor, averaged (skl2onnx)', {
    ...treeAttributes({ ...lightgbm, missing: undefined, prefix: 'target' }),
    n_targets: 1,
    aggregate_function: 'AVERAGE',
    post_transform: 'NONE',
  }),
  regressor('trees by every comparison, the largest', {
    ...treeAttributes({
      ...booster,
      modes: ['BRANCH_GT', 'BRANCH_GTE', 'BRANCH_NEQ', 'BRANCH_LT'],
      missing: 'either',
      prefix: 'target',
    }),
    n_targets: 1,
    aggregate_function: 'MAX',
  }),
  classifier('XGBoost classifier of two', {
    ...treeAttributes({ ...xgboost, prefix: 'class' }),
    ...binary,
    base_values: { floats: [-0.3] },
  }),
  classifier('XGBoost classifier of three', {
    ...treeAttributes({ ...xgboost, outputsOf: (tree) => [tree % 3], prefix: 'class' }),
    classlabels_int64s: [0, 1, 2],
    base_values: { floats: [0.5, 0.5, 0.5] },
    post_transform: 'SOFTMAX',
  }),
  classifier('LightGBM classifier of two', {
    ...treeAttributes({ ...lightgbm, prefix: 'class' }),
    ...binary,
  }),
  classifier('random forest classifier of two, tied (skl2onnx)', {
    ...tiedStumps(10),
    classlabels_int64s: [0, 1],
    post_transform: 'NONE',
  }),
  classifier('random forest classifier (skl2onnx)', {
    ...treeAttributes({ ...lightgbm, missing: undefined, outputsOf: () => [0, 1, 2], prefix: 'class' }),
    classlabels_int64s: [10, 20, 30],
    post_transform: 'NONE',
  }),
];

/** What nobody but onnxruntime runs: probabilities as a list of maps. */
export const zippedClassifier: ExportedModel = classifier(
  'LightGBM classifier with ZipMap',
  { ...treeAttributes({ ...lightgbm, prefix: 'class' }), ...binary },
  true,
);
