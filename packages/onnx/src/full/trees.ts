import { fail } from '../onnx-error.ts';
import type { Cells, Value } from '../value.ts';

/** What `mode` counts. */
export const MODES = ['LEQ', 'LT', 'GTE', 'GT', 'EQ', 'NEQ', 'MEMBER'];

/** A node as a model gives it. Children count nodes from 0 over all trees. */
export interface TreeNode {
  readonly feature?: number | undefined;
  /** A leaf has none. */
  readonly mode?: number | undefined;
  /** What is compared with; a member is any of several. */
  readonly values: readonly number[];
  readonly yes?: number | undefined;
  readonly no?: number | undefined;
  /** A missing value counts as a yes. */
  readonly missingIsYes?: boolean;
  /** Of a leaf. */
  readonly votes: readonly (readonly [target: number, weight: number])[];
}

/** Trees in flat arrays. Every comparison has become `value <= threshold`. */
export interface Forest {
  readonly roots: readonly number[];
  /** For each row and target the votes of the leaves that the row reaches, tree by tree: their sum, or `MIN`, or `MAX`.
   * NaN where there are none. */
  vote(x: Value, rows: number, targets: number, how: string, scores: Cells): void;
}

/** The largest double below `v`, so that `v < t` is `v <= below(t)`. */
function below(v: number): number {
  const bits = BigInt64Array.of(0n);
  const double = new Float64Array(bits.buffer);
  double[0] = v || 0;
  bits[0] = v === 0 ? -(2n ** 63n) + 1n : (bits[0] as bigint) - (v > 0 ? 1n : -1n);
  return v === -1 / 0 ? v : (double[0] as number);
}

/** Throws `E_MODEL_FORMAT` where a child is missing, or comes round to a node before it. */
export function createForest(nodes: readonly TreeNode[], roots: readonly number[]): Forest {
  const place: number[] = [];
  const feature: number[] = [];
  const threshold: number[] = [];
  const children: number[] = [];
  const targets: number[] = [];
  const weights: number[] = [];
  let most = -1;

  const add = (index: number, limit: number, high: number, low: number, missing: number): number => {
    threshold.push(limit);
    children.push(high, low, missing);
    return feature.push(index) - 1;
  };
  const branch = (
    { feature: index = -1, mode = 0, values, missingIsYes }: TreeNode,
    yes: number,
    no: number,
  ): number => {
    const missing = missingIsYes || mode === 5 ? yes : no;
    if (!(index >= 0 && index < 65_536)) fail('E_MODEL_FORMAT', 'a feature', index);
    let next = mode === 5 ? yes : no;
    for (const value of values) {
      const limit = mode === 1 || mode === 2 ? below(value) : value;
      if (mode < 2) next = add(index, limit, no, yes, missing);
      else if (mode < 4) next = add(index, limit, yes, no, missing);
      // Equal is at most this and not below.
      else
        next = add(
          index,
          value,
          next,
          add(index, below(value), mode === 5 ? no : yes, next, missing),
          missing,
        );
    }
    return next;
  };

  // Children are placed before parents; without recursion, since a tree may be one long branch.
  const stack = [...roots];
  const isOpen = new Set<number>();
  while (stack.length) {
    const at = stack.at(-1) as number; // it is not empty
    const node = nodes[at];
    const { mode, yes = -1, no = -1, votes } = node ?? fail('E_MODEL_FORMAT', 'a node', at);
    const isLeaf = mode === undefined;
    const missing = isLeaf ? [] : [yes, no].filter((child) => place[child] === undefined);
    if (place[at] !== undefined) stack.pop();
    else if (!missing.length) {
      place[at] = isLeaf
        ? add(-1, 0, targets.length, targets.length + votes.length, 0)
        : branch(node as TreeNode, place[yes] as number, place[no] as number);
      for (const [target, weight] of isLeaf ? votes : []) {
        if (!(target >= 0)) fail('E_MODEL_FORMAT', 'a target', target);
        most = Math.max(most, target);
        targets.push(target);
        weights.push(weight);
      }
    } else if (isOpen.has(at)) fail('E_MODEL_FORMAT', 'trees', `a round through node ${at}`);
    else {
      isOpen.add(at);
      stack.push(...missing);
    }
  }
  const indices = Int32Array.from(feature);
  const limits = Float64Array.from(threshold);
  const next = Int32Array.from(children);
  const voteTargets = Int32Array.from(targets);
  const voteWeights = Float64Array.from(weights);
  const starts = roots.map((root) => place[root] as number);
  const least = 1 + feature.reduce((a, b) => Math.max(a, b), -1);

  return {
    roots: starts,
    vote({ data, dims }, rows, count, how, scores) {
      const width = dims.at(-1) ?? 0;
      if (width < least || dims.length > 2) fail('E_SHAPE', `rows of ${least} features`);
      if (most >= count || targets.some((target) => target < 0))
        fail('E_MODEL_FORMAT', `votes for ${count} targets`, most);
      for (let i = 0; i < scores.length; i++) scores[i] = Number.NaN;
      for (const root of starts) {
        for (let row = 0; row < rows; row++) {
          const start = row * width;
          let at = root;
          for (let index = indices[at] as number; index >= 0; index = indices[at] as number) {
            const v = Number(data[start + index]);
            const limit = limits[at] as number;
            at = next[3 * at + (v <= limit ? 1 : v > limit ? 0 : 2)] as number;
          }
          for (let i = next[3 * at] as number, end = next[3 * at + 1] as number; i < end; i++) {
            const to = row * count + (voteTargets[i] as number);
            const old = scores[to] as number;
            const weight = voteWeights[i] as number;
            scores[to] = Number.isNaN(old)
              ? weight
              : how === 'MIN'
                ? Math.min(old, weight)
                : how === 'MAX'
                  ? Math.max(old, weight)
                  : old + weight;
          }
        }
      }
    },
  };
}
