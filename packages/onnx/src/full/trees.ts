import { fail } from '../onnx-error.ts';
import type { Cells } from '../value.ts';

/** What `mode` counts. */
export const MODES: readonly string[] = ['LEQ', 'LT', 'GTE', 'GT', 'EQ', 'NEQ', 'MEMBER'];

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
  readonly trees: number;
  /** Comparisons for each row. */
  readonly cost: number;
  /** For each row and target the votes of the leaves that the row of `x` reaches, tree by tree: their sum, or `MIN`, or
   * `MAX`. NaN where there are none. */
  vote(x: Cells, width: number, targets: number, how: string, scores: Cells): void;
  /** Refuses what has too few features or targets. */
  check(width: number, targets: number): void;
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
  const starts: number[] = [];
  const depths: number[] = [];
  let most = -1;
  let widest = 0;

  const add = (index: number, limit: number, high: number, low: number, missing: number): number => {
    const at = feature.push(index) - 1;
    threshold.push(limit);
    children.push(high, missing, low);
    starts.push(targets.length);
    // A leaf leads to itself.
    depths.push(
      high === at
        ? 0
        : 1 + Math.max(depths[high] as number, depths[low] as number, depths[missing] as number),
    );
    return at;
  };
  const branch = (
    { feature: index = -1, mode = 0, values, missingIsYes }: TreeNode,
    yes: number,
    no: number,
  ): number => {
    const missing = missingIsYes || mode === 5 ? yes : no;
    if (!(index >= 0 && index < 65_536)) fail('E_MODEL_FORMAT', 'a feature', index);
    widest = Math.max(widest, index + 1);
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
      const own = feature.length;
      place[at] = isLeaf
        ? add(0, 0, own, own, own)
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
  const first = Int32Array.from([...starts, targets.length]);
  const voteTargets = Int32Array.from(targets);
  const voteWeights = Float64Array.from(weights);
  const begins = roots.map((root) => place[root] as number);

  return {
    trees: roots.length,
    cost: begins.reduce((sum, at) => sum + (depths[at] as number), 0),
    check(width, count) {
      if (width < widest || count <= most)
        fail('E_SHAPE', `${widest} features, ${most + 1} targets`, `${width}, ${count}`);
    },
    vote(x, width, count, how, scores) {
      for (let i = 0; i < scores.length; i++) scores[i] = Number.NaN;
      const rows = scores.length / count;
      const add = (row: number, leaf: number): void => {
        for (let i = first[leaf] as number; i < (first[leaf + 1] as number); i++) {
          const to = row * count + (voteTargets[i] as number);
          const old = scores[to] as number;
          const weight = voteWeights[i] as number;
          if (Number.isNaN(old)) scores[to] = weight;
          else if (how === 'MIN') scores[to] = Math.min(old, weight);
          else if (how === 'MAX') scores[to] = Math.max(old, weight);
          else scores[to] = old + weight;
        }
      };
      // Without a branch: nothing is both at most and more, and a missing value is neither.
      const step = (at: number, v: number): number => {
        const limit = limits[at] as number;
        return next[3 * at + 1 + +(v <= limit) - +(v > limit)] as number;
      };
      for (const root of begins) {
        const depth = depths[root] as number;
        // Four rows at a time and no branches, so that a processor can be busy with all of them: 4 times as fast. Past
        // the last row the last is read again.
        for (let row = 0; row < rows; row += 4) {
          const start0 = row * width;
          const start1 = Math.min(row + 1, rows - 1) * width;
          const start2 = Math.min(row + 2, rows - 1) * width;
          const start3 = Math.min(row + 3, rows - 1) * width;
          let at0 = root;
          let at1 = root;
          let at2 = root;
          let at3 = root;
          for (let i = 0; i < depth; i++) {
            const v0 = x[start0 + (indices[at0] as number)] as number;
            const v1 = x[start1 + (indices[at1] as number)] as number;
            const v2 = x[start2 + (indices[at2] as number)] as number;
            const v3 = x[start3 + (indices[at3] as number)] as number;
            at0 = step(at0, v0);
            at1 = step(at1, v1);
            at2 = step(at2, v2);
            at3 = step(at3, v3);
          }
          add(row, at0);
          if (row + 1 < rows) add(row + 1, at1);
          if (row + 2 < rows) add(row + 2, at2);
          if (row + 3 < rows) add(row + 3, at3);
        }
      }
    },
  };
}
