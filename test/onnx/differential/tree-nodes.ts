import fc from 'fast-check';
import { type Attributes, flag, floats, grid, type Nodes, opset, post } from './arbitrary-case.ts';
import { cell, data } from './arbitrary-data.ts';
import type { Data } from './graph-model.ts';

interface Split {
  readonly feature: number;
  readonly value: number;
  readonly mode: string;
  readonly missing: number;
}

interface Tree {
  readonly splits: readonly Split[];
  /** For each leaf a weight for each target. */
  readonly leaves: readonly (readonly number[])[];
}

/** A complete tree: nodes by levels, then its leaves. */
const tree = (width: number, targets: number): fc.Arbitrary<Tree> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom('BRANCH_LEQ', 'BRANCH_LT', 'BRANCH_GTE', 'BRANCH_GT', 'BRANCH_EQ', 'BRANCH_NEQ'),
    )
    .chain(([depth, mode]) =>
      fc.record({
        splits: fc.array(
          fc.record({
            feature: fc.integer({ min: 0, max: width - 1 }),
            value: cell('float32', -6, 6) as fc.Arbitrary<number>,
            mode: fc.constant(mode),
            missing: flag,
          }),
          { minLength: 2 ** depth - 1, maxLength: 2 ** depth - 1 },
        ),
        leaves: fc.array(floats(targets, -6, 12), { minLength: 2 ** depth, maxLength: 2 ** depth }),
      }),
    );

/** Rows whose values often are those of a split. */
const treeRows = (dims: readonly [number, number]): fc.Arbitrary<Data> =>
  fc
    .tuple(data('float32', dims, [-8, 8]), fc.array(fc.nat(9), { minLength: 1, maxLength: 20 }))
    .map(([x, holes]) => ({
      ...x,
      values: x.values.map((v, i) => (holes[i % holes.length] ? v : Number.NaN)),
    }));

function treeAttributes(trees: readonly Tree[], kind: 'target' | 'class'): Attributes {
  const nodes = trees.flatMap(({ splits, leaves }, id) =>
    [...splits, ...leaves.map(() => undefined)].map((split, i) => ({ id, i, split })),
  );
  const votes = trees.flatMap(({ splits, leaves }, id) =>
    leaves.flatMap((weights, i) =>
      weights.map((weight, target) => ({ id, node: splits.length + i, target, weight })),
    ),
  );
  return {
    nodes_treeids: nodes.map(({ id }) => id),
    nodes_nodeids: nodes.map(({ i }) => i),
    nodes_featureids: nodes.map(({ split }) => split?.feature ?? 0),
    nodes_values: { floats: nodes.map(({ split }) => split?.value ?? 0) },
    nodes_modes: { strings: nodes.map(({ split }) => split?.mode ?? 'LEAF') },
    nodes_truenodeids: nodes.map(({ i, split }) => (split ? 2 * i + 1 : 0)),
    nodes_falsenodeids: nodes.map(({ i, split }) => (split ? 2 * i + 2 : 0)),
    nodes_missing_value_tracks_true: nodes.map(({ split }) => split?.missing ?? 0),
    [`${kind}_treeids`]: votes.map(({ id }) => id),
    [`${kind}_nodeids`]: votes.map(({ node }) => node),
    [`${kind}_ids`]: votes.map(({ target }) => target),
    [`${kind}_weights`]: { floats: votes.map(({ weight }) => weight) },
  };
}

/** Tree ensembles. */
export const treeNodes: Nodes = {
  'ai.onnx.ml.TreeEnsembleRegressor': fc
    .tuple(grid, fc.integer({ min: 1, max: 3 }))
    .chain(([[n, w], targets]) =>
      fc.record({
        opset: opset(15),
        inputs: fc.tuple(treeRows([n, w])),
        attributes: fc
          .record({
            trees: fc.array(tree(w, targets), { minLength: 1, maxLength: 4 }),
            base: fc.option(floats(targets)),
            aggregate_function: fc.constantFrom('SUM', 'AVERAGE', 'MIN', 'MAX'),
            post_transform: targets > 1 ? post : fc.constant('NONE'),
          })
          .map(({ trees, base, aggregate_function, post_transform }) => ({
            ...treeAttributes(trees, 'target'),
            ...(base ? { base_values: { floats: base } } : {}),
            aggregate_function,
            post_transform,
            n_targets: targets,
          })),
        outputs: fc.constant(['float32'] as const),
      }),
    ),
  // Not votes for both of two classes: onnxruntime labels those 0 or 1, by the second score alone, not with the top class.
  'ai.onnx.ml.TreeEnsembleClassifier': fc
    .tuple(grid, fc.constantFrom(1, 3, 4), fc.boolean())
    .chain(([[n, w], voted, texts]) => {
      const classes = Math.max(2, voted);
      return fc.record({
        opset: opset(15),
        inputs: fc.tuple(treeRows([n, w])),
        attributes: fc
          .record({
            trees: fc.array(tree(w, voted), { minLength: 1, maxLength: 4 }),
            post_transform: post,
          })
          .map(
            ({ trees, post_transform }): Attributes => ({
              ...treeAttributes(trees, 'class'),
              post_transform,
              ...(texts
                ? { classlabels_strings: { strings: ['a', 'b', 'c', 'd'].slice(0, classes) } }
                : { classlabels_int64s: [4, 7, 9, 2].slice(0, classes) }),
            }),
          ),
        outputs: fc.constant([texts ? 'string' : 'int64', 'float32'] as const),
      });
    }),
};
