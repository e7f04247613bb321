import type { OnnxGraph } from '../onnx-model.ts';
import type { Branch, Forest } from './tree.ts';

/** Adds trees to an ONNX model as a TreeEnsembleRegressor: `features` f32[N, F] to a score f32[N, 1].
 * @returns the name of the score */
export function addTrees(graph: OnnxGraph, { width, trees }: Forest): string {
  const nodes = (trees.length > 0 ? trees : [[{ value: 0 }]]).flatMap((nodes, tree) =>
    nodes.map((node, place) => ({ tree, place, node })),
  );
  const leaves = nodes.flatMap(({ tree, place, node }) =>
    'value' in node ? [{ tree, place, value: node.value }] : [],
  );
  const ofBranch = (of: (branch: Branch) => number) =>
    nodes.map(({ node }) => ('value' in node ? 0 : of(node)));
  return graph.node('ml.TreeEnsembleRegressor', [graph.input('features', 'float32', width)], {
    n_targets: 1,
    nodes_treeids: Int32Array.from(nodes, ({ tree }) => tree),
    nodes_nodeids: Int32Array.from(nodes, ({ place }) => place),
    nodes_modes: nodes.map(({ node }) => ('value' in node ? 'LEAF' : 'BRANCH_LEQ')),
    nodes_featureids: Int32Array.from(ofBranch(({ column }) => column)),
    nodes_values: Float32Array.from(ofBranch(({ threshold }) => threshold)),
    nodes_truenodeids: Int32Array.from(ofBranch(({ yes }) => yes)),
    nodes_falsenodeids: Int32Array.from(ofBranch(({ no }) => no)),
    nodes_missing_value_tracks_true: Int32Array.from(ofBranch(({ missingIsYes }) => Number(missingIsYes))),
    target_treeids: Int32Array.from(leaves, ({ tree }) => tree),
    target_nodeids: Int32Array.from(leaves, ({ place }) => place),
    target_ids: new Int32Array(leaves.length),
    target_weights: Float32Array.from(leaves, ({ value }) => value),
  });
}
