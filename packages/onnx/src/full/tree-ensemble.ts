import { sigmoid } from '../math.ts';
import { fail } from '../onnx-error.ts';
import type { Operator, OperatorNode, Operators } from '../operator.ts';
import { sizeOf, type Value } from '../value.ts';
import { choiceOf, numbersOf, textsOf } from './attributes.ts';
import { labelsOf } from './labels.ts';
import { scoreRows, transformOf } from './scores.ts';
import { type Column, createForest, type Forest, MODES } from './trees.ts';
import { FLOATS } from './types.ts';

const NUMERIC = `${FLOATS}, int32, int64`;
const HOWS: readonly string[] = ['AVERAGE', 'SUM', 'MIN', 'MAX'];
const FIELDS = ['featureids', 'values', 'truenodeids', 'falsenodeids', 'missing_value_tracks_true'] as const;

/** Attributes of one prefix. */
function columns<const Names extends readonly string[]>(
  node: OperatorNode,
  prefix: string,
  ...names: Names
): { readonly [I in keyof Names]: Column } {
  // As many as names.
  return names.map((name) => numbersOf(node, `${prefix}_${name}`)) as unknown as {
    readonly [I in keyof Names]: Column;
  };
}

/** The attributes of versions 1 to 3: nodes by tree and number, votes beside them as `kind` says. */
function readNodes(node: OperatorNode, kind: string): Forest {
  const [features, values, yes, no, missing] = columns(node, 'nodes', ...FIELDS);
  const [trees, ids] = columns(node, 'nodes', 'treeids', 'nodeids');
  const [voteTrees, voteNodes, targets, weights] = columns(
    node,
    kind,
    'treeids',
    'nodeids',
    'ids',
    'weights',
  );
  const places = new Map<unknown, Map<unknown, number>>();
  ids.forEach((id, i) => {
    const own = places.get(trees[i]) ?? new Map<unknown, number>();
    places.set(trees[i], own.set(id, i));
  });
  const placeOf = (tree: unknown, id: unknown): number => places.get(tree)?.get(id) ?? -1;
  const votes: number[][] = [];
  voteNodes.forEach((id, i) => {
    const place = placeOf(voteTrees[i], id);
    if (place < 0) fail('E_MODEL_FORMAT', 'votes of nodes', id);
    votes[place] ??= [];
    votes[place].push(targets[i] ?? -1, weights[i] ?? Number.NaN);
  });
  const names = textsOf(node, 'nodes_modes');
  const modes = ids.map((_, i) => modeOf(`${names[i]}`));
  const children = [yes, no].map((list) =>
    ids.map((_, i) => ((modes[i] as number) < 0 ? -1 : placeOf(trees[i], list[i]))),
  ) as [number[], number[]];
  // A tree begins with what is no child.
  const isChild = new Set(children.flat());
  const roots = [...ids.keys()].filter((i) => !isChild.has(i));
  return createForest({ modes, features, values, yes: children[0], no: children[1], missing, votes, roots });
}

/** Place of a name in `MODES`; −1 for a leaf. */
function modeOf(name: string): number {
  const mode = MODES.indexOf(name.slice(7));
  return mode < 0 && name !== 'LEAF' ? fail('E_OPERATOR', `${MODES}`, name) : mode;
}

/** The attributes of version 5: branches and leaves apart. */
function readBranches(node: OperatorNode): Forest {
  const [features, , yes, no, missing] = columns(node, 'nodes', ...FIELDS);
  const [splits, modes, yesLeafs, noLeafs] = columns(
    node,
    'nodes',
    'splits',
    'modes',
    'trueleafs',
    'falseleafs',
  );
  const [targets, weights] = columns(node, 'leaf', 'targetids', 'weights');
  const sets: number[][] = [[]];
  for (const member of numbersOf(node, 'membership_values')) {
    if (Number.isNaN(member)) sets.push([]);
    else sets.at(-1)?.push(member);
  }
  const child = (at: Column, isLeaf: Column): Column =>
    features.map((_, i) => (at[i] ?? -1) + (isLeaf[i] ? features.length : 0));
  return createForest({
    features,
    modes: [
      ...features.map((_, i) =>
        MODES[modes[i] as number] ? (modes[i] as number) : fail('E_OPERATOR', `${MODES}`, modes[i]),
      ),
      ...targets.map(() => -1),
    ],
    values: features.map((_, i) =>
      (modes[i] as number) > 5 ? (sets.shift() ?? []) : (splits[i] ?? Number.NaN),
    ),
    yes: child(yes, yesLeafs),
    no: child(no, noLeafs),
    missing,
    votes: [...features.map(() => []), ...targets.map((target, i) => [target, weights[i] ?? Number.NaN])],
    roots: numbersOf(node, 'tree_roots'),
  });
}

const rowsOf = ({ dims }: Value): number => (dims.length > 1 ? (dims[0] as number) : 1);

/** The votes for each row and target. */
function count(node: OperatorNode, forest: Forest, x: Value, targets: number, how: number): Value {
  const rows = rowsOf(x);
  const width = x.dims.at(-1) ?? 0;
  if (sizeOf(x.dims) !== rows * width) fail('E_SHAPE', 'rows of features');
  return forest.vote(node, x, rows, width, targets, how);
}

const regressor = (read: (node: OperatorNode) => Forest, types: string): Operator => [
  1,
  types,
  (node) => {
    const forest = read(node);
    const targets = node.number('n_targets', 1);
    const base = numbersOf(node, 'base_values');
    const how = HOWS.indexOf(choiceOf(node, 'aggregate_function', HOWS, 1));
    const { name, apply } = transformOf(node);
    const divisor = how ? 1 : forest.trees;
    return (x) => {
      const scores = count(node, forest, x, targets, how);
      const type = read === readBranches ? x.type : 'float32';
      const list: number[] = [];
      return scoreRows(node, type, [rowsOf(x), targets], [scores], (row, from = []) => {
        for (let i = 0; i < targets; i++) {
          const score = from[row * targets + i] as number;
          list[i] = (how > 1 && !Number.isFinite(score) ? 0 : score) / divisor + (base[i] ?? 0);
        }
        // A single target becomes a probit at most, as other runtimes have it.
        if (targets > 1 || name === 'PROBIT') apply(list);
        return list;
      });
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
      const scores = count(node, forest, x, classes, 1);
      const out = scoreRows(node, 'float32', [rows, classes], [scores], (row, from = []) => {
        const list = Array.from(
          { length: classes },
          (_, i) => (from[row * classes + i] as number) + (base[i] ?? 0),
        );
        const [first = 0] = list;
        // As a float: half of ten votes of a tenth is no more than a half, though in doubles it is.
        const best = isOneSided ? Number(Math.fround(first) > threshold) : list.indexOf(Math.max(...list));
        label.data[row] = labels.data[best] as number;
        if (!isOneSided) apply(list);
        else if (name === 'LOGISTIC') return [sigmoid(-first), sigmoid(first)];
        else return [isPositive ? 1 - first : -first, first];
        return list;
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
