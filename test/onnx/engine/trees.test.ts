import { InferenceSession, Tensor } from '@inkling/onnx/full';
import { expect, test } from 'vitest';
import { buildModel } from '../model-builder.ts';

const COMPARISONS: Readonly<Record<string, (v: number, limit: number) => boolean>> = {
  BRANCH_LEQ: (v, limit) => v <= limit,
  BRANCH_LT: (v, limit) => v < limit,
  BRANCH_GTE: (v, limit) => v >= limit,
  BRANCH_GT: (v, limit) => v > limit,
  BRANCH_EQ: (v, limit) => v === limit,
  BRANCH_NEQ: (v, limit) => v !== limit,
};
const LIMITS = [-1 / 0, -1.5, -0, 0, 2 ** -149, 1, 3e38, 1 / 0];
const VALUES = [-1 / 0, -3e38, -1.5, -(2 ** -149), -0, 0, 2 ** -149, 1, 1.0000001, 3e38, 1 / 0, Number.NaN];

test.each(
  Object.keys(COMPARISONS).flatMap((mode) =>
    [0, 1].flatMap((missing) =>
      (['wasm', 'js'] as const).map((backend) => [mode, missing, backend] as const),
    ),
  ),
)(
  '%s, a missing value counting as %i, compares the extremes by definition in %s',
  async (mode, missing, backend) => {
    for (const limit of LIMITS) {
      const session = await InferenceSession.create(
        buildModel({
          nodes: [
            {
              op: 'TreeEnsembleRegressor',
              domain: 'ai.onnx.ml',
              inputs: ['x'],
              outputs: ['y'],
              attributes: {
                n_targets: 1,
                nodes_treeids: [0, 0, 0],
                nodes_nodeids: [0, 1, 2],
                nodes_modes: { strings: [mode, 'LEAF', 'LEAF'] },
                nodes_featureids: [0, 0, 0],
                nodes_values: { floats: [limit, 0, 0] },
                nodes_truenodeids: [1, 0, 0],
                nodes_falsenodeids: [2, 0, 0],
                nodes_missing_value_tracks_true: [missing, 0, 0],
                target_treeids: [0, 0],
                target_nodeids: [1, 2],
                target_ids: [0, 0],
                target_weights: { floats: [1, 2] },
              },
            },
          ],
          inputs: [{ name: 'x', dims: ['N', 1] }],
          outputs: [{ name: 'y', dims: ['N', 1] }],
          opset: 17,
          domains: { 'ai.onnx.ml': 3 },
        }),
        { backend },
      );
      const x = Float32Array.from(VALUES);
      const { y } = session.runSync({ x: new Tensor('float32', x, [x.length, 1]) });
      if (!y) expect.fail('no scores');
      const compare = COMPARISONS[mode];
      const expected = Array.from(x, (v) => {
        const isYes = (Number.isNaN(v) && missing > 0) || compare?.(v, Math.fround(limit));
        return isYes ? 1 : 2;
      });
      expect([limit, ...(y.data as Float32Array)]).toEqual([limit, ...expected]);
    }
  },
);
