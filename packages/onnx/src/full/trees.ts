import { fail } from '../onnx-error.ts';
import type { Cells, Value } from '../value.ts';

/** A node as a model gives it. Children count nodes from 0 over all trees; a leaf has none, and its votes instead. */
export interface TreeNode {
  readonly feature: number;
  /** `LEQ`, `LT`, `GTE`, `GT`, `EQ`, `NEQ` or `MEMBER`, of `members`; '' is a leaf. */
  readonly mode: string;
  readonly value: number;
  readonly members?: readonly number[];
  readonly yes: number;
  readonly no: number;
  /** A missing value counts as a yes. */
  readonly missingIsYes: boolean;
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
export function createForest(
  nodes: readonly TreeNode[],
  roots: readonly number[],
  features = 65_536,
): Forest {
  const place: number[] = [];
  const feature: number[] = [];
  const threshold: number[] = [];
  const children: number[] = [];
  const votes: TreeNode['votes'][] = [];

  const add = (
    index: number,
    limit: number,
    [low, high, missing]: readonly [number, number, number],
  ): number => {
    feature.push(index);
    threshold.push(limit);
    children.push(high, low, missing);
    votes.push([]);
    return feature.length - 1;
  };
  /** Places children before parents, without recursion, since a tree may be one long branch. */
  const stack = [...roots];
  const isOpen = new Set<number>();
  const malformed = (at: number): never => fail('E_MODEL_FORMAT', 'trees', `node ${at}`);
  while (stack.length) {
    const at = stack.at(-1) as number; // it is not empty
    const node = nodes[at] ?? malformed(at);
    if (place[at] !== undefined) {
      stack.pop();
    } else if (!node.mode) {
      place[at] = add(-1, 0, [0, 0, 0]);
      votes[place[at]] = node.votes;
    } else if (place[node.yes] === undefined || place[node.no] === undefined) {
      if (isOpen.has(at)) malformed(at);
      isOpen.add(at);
      for (const child of [node.yes, node.no]) {
        if (place[child] !== undefined) continue;
        if (isOpen.has(child)) malformed(child);
        stack.push(child);
      }
    } else {
      place[at] = branch(node, place[node.yes] as number, place[node.no] as number);
    }
  }

  function branch(
    { feature: index, mode, value, members = [value], missingIsYes }: TreeNode,
    yes: number,
    no: number,
  ): number {
    if (!Number.isInteger(index) || index < 0 || index >= features)
      fail('E_MODEL_FORMAT', 'a feature', index);
    const missing = missingIsYes || mode === 'NEQ' ? yes : no;
    const simple: Readonly<Record<string, readonly [number, number, number]>> = {
      LEQ: [value, yes, no],
      LT: [below(value), yes, no],
      GT: [value, no, yes],
      GTE: [below(value), no, yes],
    };
    const [limit, low, high] = simple[mode] ?? [];
    if (limit !== undefined) return add(index, limit, [low as number, high as number, missing]);
    const [hit, rest] = mode === 'NEQ' ? [no, yes] : [yes, no];
    // Equal is at most this and not below.
    let next = rest;
    for (const member of members) {
      const equal = add(index, below(member), [next, hit, missing]);
      next = add(index, member, [equal, next, missing]);
    }
    return next;
  }

  const indices = Int32Array.from(feature);
  const limits = Float64Array.from(threshold);
  const targets: number[] = [];
  const weights: number[] = [];
  for (const [at, list] of votes.entries()) {
    if ((indices[at] as number) >= 0) continue;
    children[3 * at] = targets.length;
    for (const [target, weight] of list) {
      targets.push(target);
      weights.push(weight);
    }
    children[3 * at + 1] = targets.length;
  }
  const next = Int32Array.from(children);
  const voteTargets = Int32Array.from(targets);
  const voteWeights = Float64Array.from(weights);
  const starts = roots.map((root) => place[root] as number);
  const least = 1 + feature.reduce((a, b) => Math.max(a, b), -1);
  const most = targets.reduce((a, b) => Math.max(a, b), -1);

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
