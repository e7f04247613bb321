import { sigmoid } from '../math.ts';
import { fail } from '../onnx-error.ts';
import type { Operator, OperatorNode, Operators } from '../operator.ts';
import { convertCells, sizeOf, type Value } from '../value.ts';
import { choiceOf, numbersOf, textsOf } from './attributes.ts';
import { labelsOf } from './labels.ts';

import { transformOf } from './scores.ts';
import { createForest, type Forest, MODES, type TreeNode } from './trees.ts';
import { FLOATS } from './types.ts';

const NUMERIC = `${FLOATS}, int32, int64`;
const FIELDS = ['featureids', 'values', 'truenodeids', 'falsenodeids', 'missing_value_tracks_true'];

type Column = readonly number[];
type Columns = readonly [Column, Column, Column, Column, Column, Column, Column, Column];

/** Attributes of one prefix. */
function columns(node: OperatorNode, prefix: string, names: readonly string[]): Columns {
  return names.map((name) => numbersOf(node, `${prefix}_${name}`)) as unknown as Columns; // as many as are taken
}

/** The attributes of versions 1 to 3: nodes by tree and number, votes beside them as `kind` says. */
function readNodes(node: OperatorNode, kind: string): Forest {
  const [features, values, yes, no, missing, trees, ids] = columns(node, 'nodes', [
    ...FIELDS,
    'treeids',
    'nodeids',
  ]);
  const modes = textsOf(node, 'nodes_modes');
  const places = new Map(ids.map((id, i) => [`${trees[i]},${id}`, i]));
  const votes = ids.map((): [number, number][] => []);
  const [voteTrees, voteNodes, targets, weights] = columns(node, kind, [
    'treeids',
    'nodeids',
    'ids',
    'weights',
  ]);
  for (const [i, id] of voteNodes.entries()) {
    const list = votes[places.get(`${voteTrees[i]},${id}`) ?? -1];
    (list ?? fail('E_MODEL_FORMAT', 'votes of nodes', id)).push([targets[i] ?? -1, weights[i] ?? Number.NaN]);
  }
  const roots = new Set(ids.keys());
  const nodes = ids.map((_, i): TreeNode => {
    if (modes[i] === 'LEAF') return { values: [], votes: votes[i] as [number, number][] };
    const mode = MODES.indexOf(`${modes[i]}`.slice(7));
    if (mode < 0) fail('E_OPERATOR', `${MODES}`, modes[i]);
    const [a, b] = [yes, no].map((list) => places.get(`${trees[i]},${list[i]}`) ?? -1) as [number, number];
    // A tree begins with what is no child.
    roots.delete(a);
    roots.delete(b);
    return {
      feature: features[i],
      mode,
      values: [values[i] ?? Number.NaN],
      yes: a,
      no: b,
      missingIsYes: !!missing[i],
      votes: [],
    };
  });
  return createForest(nodes, [...roots]);
}

/** The attributes of version 5: branches and leaves apart. */
function readBranches(node: OperatorNode): Forest {
  const [features, , yes, no, missing, splits, modes] = columns(node, 'nodes', [
    ...FIELDS,
    'splits',
    'modes',
  ]);
  const [yesLeafs, noLeafs] = columns(node, 'nodes', ['trueleafs', 'falseleafs']);
  const sets: number[][] = [[]];
  for (const member of numbersOf(node, 'membership_values')) {
    if (Number.isNaN(member)) sets.push([]);
    else sets.at(-1)?.push(member);
  }
  const child = (at: Column, isLeaf: Column, i: number): number =>
    (at[i] ?? -1) + (isLeaf[i] ? features.length : 0);
  const branches = features.map((feature, i): TreeNode => {
    const mode = modes[i] as number;
    if (!MODES[mode]) fail('E_OPERATOR', `${MODES}`, mode);
    return {
      feature,
      mode,
      values: mode > 5 ? (sets.shift() ?? []) : [splits[i] ?? Number.NaN],
      yes: child(yes, yesLeafs, i),
      no: child(no, noLeafs, i),
      missingIsYes: !!missing[i],
      votes: [],
    };
  });
  const [targets, weights] = columns(node, 'leaf', ['targetids', 'weights']);
  const leaves = targets.map(
    (target, i): TreeNode => ({ values: [], votes: [[target, weights[i] ?? Number.NaN]] }),
  );
  return createForest([...branches, ...leaves], numbersOf(node, 'tree_roots'));
}

const rowsOf = ({ dims }: Value): number => (dims.length > 1 ? (dims[0] as number) : 1);

/** The votes for each row and target, NaN where there are none. */
function count(node: OperatorNode, forest: Forest, x: Value, targets: number, how: string): Value {
  const rows = rowsOf(x);
  const width = x.dims.at(-1) ?? 0;
  if (sizeOf(x.dims) !== rows * width) fail('E_SHAPE', 'rows of features');
  forest.check(width, targets);
  // Of one type, which is quickest, and never of bigints.
  const features = node.allocate('float64', x.dims, 0, 3);
  const scores = node.allocate('float64', [rows * targets], forest.cost, 2);
  node.each(() =>
    forest.vote(convertCells('float64', x.data, features.data), width, targets, how, scores.data),
  );
  return scores;
}

const regressor = (read: (node: OperatorNode) => Forest, types: string): Operator => [
  1,
  types,
  (node) => {
    const forest = read(node);
    const targets = node.number('n_targets', 1);
    const base = numbersOf(node, 'base_values');
    const how = choiceOf(node, 'aggregate_function', ['AVERAGE', 'SUM', 'MIN', 'MAX'], 1);
    const { name, apply } = transformOf(node);
    const divisor = how === 'AVERAGE' ? forest.trees : 1;
    return (x) => {
      const out = node.allocate(read === readBranches ? x.type : 'float32', [rowsOf(x), targets]);
      const scores = count(node, forest, x, targets, how);
      node.each(() => {
        const list: number[] = [];
        for (let first = 0; first < out.data.length; first += targets) {
          for (let i = 0; i < targets; i++) {
            list[i] = ((scores.data[first + i] as number) || 0) / divisor + (base[i] ?? 0);
          }
          // A single target becomes a probit at most, as other runtimes have it.
          if (targets > 1 || name === 'PROBIT') apply(list);
          for (let i = 0; i < targets; i++) out.data[first + i] = list[i] as number;
        }
      });
      return out;
    };
  },
];

/** Votes for the first of two classes alone count for the second, and tell the first as well: weights of one sign are
 * probabilities. */
const classifier: Operator = [
  1,
  NUMERIC,
  (node) => {
    const forest = readNodes(node, 'class');
    const labels = labelsOf(node, 'classlabels_int64s');
    const classes = labels.data.length;
    const base = numbersOf(node, 'base_values');
    const { name, apply } = transformOf(node);
    const isOneSided = classes === 2 && base.length < 2 && numbersOf(node, 'class_ids').every((id) => !id);
    const isPositive = numbersOf(node, 'class_weights').every((weight) => weight >= 0);
    const threshold = isPositive ? 0.5 : 0;
    return (x) => {
      const rows = rowsOf(x);
      const label = node.allocate(labels.type, [rows]);
      const out = node.allocate('float32', [rows, classes], 0, 1);
      const scores = count(node, forest, x, classes, 'SUM');
      node.each(() => {
        const from = scores.data;
        for (let row = 0; row < rows; row++) {
          const list = Array.from(
            { length: classes },
            (_, i) => ((from[row * classes + i] as number) || 0) + (base[i] ?? 0),
          );
          const [first = 0] = list;
          // As a float: half of ten votes of a tenth is no more than a half, though in doubles it is.
          const best = isOneSided ? Number(Math.fround(first) > threshold) : list.indexOf(Math.max(...list));
          label.data[row] = labels.data[best] as number;
          if (!isOneSided) apply(list);
          else if (name === 'LOGISTIC') list.splice(0, 2, sigmoid(-first), sigmoid(first));
          else if (isPositive) list.splice(0, 2, 1 - first, first);
          else list.splice(0, 2, -first, first);
          for (let i = 0; i < classes; i++) out.data[row * classes + i] = list[i] as number;
        }
      });
      return [label, out];
    };
  },
];

export const treeEnsemble: Operators = {
  'ai.onnx.ml.TreeEnsemble': regressor(readBranches, FLOATS),
  'ai.onnx.ml.TreeEnsembleRegressor': regressor((node) => readNodes(node, 'target'), NUMERIC),
  'ai.onnx.ml.TreeEnsembleClassifier': classifier,
};
