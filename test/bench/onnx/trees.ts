import { createRandom } from '../../onnx/random.ts';
import type { BenchModel } from './bench-model.ts';

const ROWS = 500;
const FEATURES = 32;
const TREES = 200;
const DEPTH = 6;

/** Gradient-boosted trees as LightGBM's and XGBoost's converters write them, complete to their depth. */
export function trees(): BenchModel {
  const random = createRandom(4);
  const inner = 2 ** DEPTH - 1;
  const size = 2 ** (DEPTH + 1) - 1;
  const perNode = <T>(value: (node: number, tree: number) => T): T[] =>
    Array.from({ length: TREES * size }, (_, i) => value(i % size, Math.floor(i / size)));
  const leaves = Array.from({ length: TREES * (size - inner) }, (_, i) => ({
    tree: Math.floor(i / (size - inner)),
    node: inner + (i % (size - inner)),
  }));
  return {
    id: 'trees',
    title: `${TREES} trees of depth ${DEPTH}, ${ROWS} rows`,
    entry: 'full',
    target: 2,
    spec: {
      nodes: [
        {
          op: 'TreeEnsembleRegressor',
          domain: 'ai.onnx.ml',
          inputs: ['features'],
          outputs: ['score'],
          attributes: {
            n_targets: 1,
            nodes_treeids: perNode((_, tree) => tree),
            nodes_nodeids: perNode((node) => node),
            nodes_modes: { strings: perNode((node) => (node < inner ? 'BRANCH_LEQ' : 'LEAF')) },
            nodes_featureids: perNode((node) => (node < inner ? random.integer(FEATURES) : 0)),
            nodes_values: { floats: perNode((node) => (node < inner ? (random.floats(1)[0] ?? 0) : 0)) },
            nodes_truenodeids: perNode((node) => (node < inner ? 2 * node + 1 : 0)),
            nodes_falsenodeids: perNode((node) => (node < inner ? 2 * node + 2 : 0)),
            nodes_missing_value_tracks_true: perNode(() => 0),
            nodes_hitrates: { floats: perNode(() => 1) },
            target_treeids: leaves.map(({ tree }) => tree),
            target_nodeids: leaves.map(({ node }) => node),
            target_ids: leaves.map(() => 0),
            target_weights: { floats: leaves.map(() => (random.floats(1)[0] ?? 0) / 20) },
          },
        },
      ],
      inputs: [{ name: 'features', dims: ['N', FEATURES] }],
      outputs: [{ name: 'score', dims: ['N', 1] }],
      opset: 17,
      domains: { 'ai.onnx.ml': 3 },
    },
    feeds: [{ name: 'features', dims: [ROWS, FEATURES] }],
  };
}
