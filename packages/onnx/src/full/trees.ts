import { fail } from '../onnx-error.ts';
import type { OperatorNode } from '../operator.ts';
import type { Value } from '../value.ts';
import { fullKernelsOf } from './full-kernels.ts';

/** Rows that go down a tree together: their features stay in a processor's nearest cache. */
const BLOCK = 64;

export type Column = readonly number[];

/** What `mode` counts. */
export const MODES: readonly string[] = ['LEQ', 'LT', 'GTE', 'GT', 'EQ', 'NEQ', 'MEMBER'];

/** The nodes of all trees as a model gives them, a column for each thing a node has. Children count nodes from 0. */
export interface TreeNodes {
  /** Places in `MODES`; −1 for a leaf, which has nothing else. */
  readonly modes: Column;
  readonly features: Column;
  /** What is compared with; a member is any of several. */
  readonly values: readonly (number | Column)[];
  readonly yes: Column;
  readonly no: Column;
  /** Whether a missing value counts as a yes. */
  readonly missing: Column;
  /** Of leaves: a target and a weight, and so on. */
  readonly votes: readonly (Column | undefined)[];
  readonly roots: Column;
}

/** Trees in flat arrays, ready to be climbed. */
export interface Forest {
  readonly trees: number;
  /** Refuses what has too few features or targets. @returns for each row and target the votes of the leaves that the row
   * of `x` reaches, tree by tree: their sum, or their least (`how` 2) or largest (3). infinite
   * where there are none. */
  vote(node: OperatorNode, x: Value, rows: number, width: number, targets: number, how: number): Value;
}

/** As ../../assembly/trees.ts reads them, the same bytes as whole numbers and as doubles. */
interface Tables {
  readonly nodes: Int32Array;
  readonly limits: Float64Array;
  readonly votes: Int32Array;
  readonly weights: Float64Array;
}

/** The largest double below `v`, so that `v < t` is `v <= below(t)`; NaN where there is none. */
function below(v: number): number {
  const bits = BigInt64Array.of(0n);
  const double = new Float64Array(bits.buffer);
  double[0] = v || 0;
  bits[0] = v === 0 ? -(2n ** 63n) + 1n : (bits[0] as bigint) - (v > 0 ? 1n : -1n);
  return double[0] as number;
}

/** Throws `E_MODEL_FORMAT` where a child is missing, or comes round to a node before it. */
export function createForest({ modes, features, values, yes, no, missing, votes, roots }: TreeNodes): Forest {
  // By place, where every comparison is `value <= limit`; what is missing is not, so that it goes where what is more goes.
  // Where it has to go with the others, the negated value is compared.
  const limits: number[] = [];
  const columns: number[] = [];
  const highs: number[] = [];
  const lows: number[] = [];
  const starts: number[] = [];
  const depths: number[] = [];
  const targets: number[] = [];
  const weights: number[] = [];
  let mostTarget = -1;
  let mostFeature = -1;

  const add = (column: number, limit: number, high: number, low: number): number => {
    columns.push(column);
    limits.push(limit);
    highs.push(high);
    lows.push(low);
    starts.push(targets.length);
    // A leaf leads to itself.
    return (
      depths.push(high < depths.length ? 1 + Math.max(depths[high] as number, depths[low] as number) : 0) - 1
    );
  };
  const compare = (
    feature: number,
    limit: number,
    high: number,
    low: number,
    missingIsLow: boolean,
  ): number =>
    missingIsLow
      ? add(2 * feature + 1, Number.isNaN(limit) ? 1 / 0 : below(-limit), low, high)
      : add(2 * feature, limit, high, low);
  const branch = (at: number, yes: number, no: number): number => {
    const mode = modes[at] as number;
    const feature = features[at] ?? -1;
    if ((feature & 65_535) !== feature) fail('E_MODEL_FORMAT', 'a feature', feature);
    mostFeature = Math.max(mostFeature, feature);
    const missingIsYes = !!missing[at] || mode === 5;
    const value = values[at] ?? Number.NaN;
    if (mode < 4) {
      const limit = mode === 1 || mode === 2 ? below(value as number) : (value as number);
      return mode < 2
        ? compare(feature, limit, no, yes, missingIsYes)
        : compare(feature, limit, yes, no, !missingIsYes);
    }
    const same = mode === 5 ? no : yes;
    let next = mode === 5 ? yes : no;
    for (const member of [value].flat()) {
      // Equal is at most this and not below.
      const equal = compare(feature, below(member), same, next, false);
      next = compare(feature, member, next, equal, missingIsYes && mode !== 5);
    }
    return next;
  };

  // Children are placed before parents; without recursion, since a tree may be one long branch.
  const places: number[] = [];
  const isOpen = new Set<number>();
  const stack = [...roots];
  while (stack.length) {
    const at = stack.at(-1) as number; // it is not empty
    const a = yes[at] ?? -1;
    const b = no[at] ?? -1;
    if (places[at] !== undefined) stack.pop();
    else if ((modes[at] ?? fail('E_MODEL_FORMAT', 'a node', at)) < 0) {
      const place = limits.length;
      places[at] = add(0, 0, place, place);
      const list = votes[at] ?? [];
      for (let i = 0; i < list.length; i += 2) {
        const target = list[i] as number;
        if (target >>> 0 !== target) fail('E_MODEL_FORMAT', 'a target', target);
        mostTarget = Math.max(mostTarget, target);
        targets.push(target);
        weights.push(list[i + 1] as number);
      }
    } else if (places[a] !== undefined && places[b] !== undefined) {
      places[at] = branch(at, places[a], places[b]);
    } else if (isOpen.has(at)) fail('E_MODEL_FORMAT', 'trees', `a round through node ${at}`);
    else {
      isOpen.add(at);
      if (places[a] === undefined) stack.push(a);
      if (places[b] === undefined) stack.push(b);
    }
  }

  // As ../../assembly/trees.ts reads them. Values are beside their negatives where these are looked at.
  const copies = columns.some((column) => column % 2) ? 2 : 1;
  const nodes = new Int32Array(6 * (limits.length + 1));
  const nodeLimits = new Float64Array(nodes.buffer);
  limits.forEach((limit, i) => {
    nodeLimits[3 * i] = limit;
    const column = columns[i] as number;
    nodes[6 * i + 2] = 8 * (copies > 1 ? column : column / 2);
    nodes[6 * i + 3] = 24 * (highs[i] as number);
    nodes[6 * i + 4] = 24 * (lows[i] as number);
    nodes[6 * i + 5] = 16 * (starts[i] as number);
  });
  nodes[6 * limits.length + 5] = 16 * targets.length;
  const voteTargets = new Int32Array(4 * targets.length);
  const voteWeights = new Float64Array(voteTargets.buffer);
  targets.forEach((target, i) => {
    voteTargets[4 * i] = 8 * target;
    voteWeights[2 * i + 1] = weights[i] as number;
  });
  const begins = roots.map((root) => places[root] as number);
  const cost = begins.reduce((sum, at) => sum + (depths[at] as number), 0);
  const tables = { nodes, limits: nodeLimits, votes: voteTargets, weights: voteWeights };
  const constants = [nodes, voteTargets].map((data): Value => ({ type: 'int32', data, dims: [data.length] }));

  return {
    trees: roots.length,
    vote(node, x, rows, width, count, how) {
      if (width <= mostFeature || count <= mostTarget) {
        fail('E_SHAPE', `${mostFeature + 1} features, ${mostTarget + 1} targets`, `${width}, ${count}`);
      }
      const rowX = width * copies;
      // Doubles hold what other types do, and are never bigints.
      const cells = node.allocate('float64', [rows * rowX]);
      const scores = node.allocate('float64', [rows * count], cost);
      const places = node.allocate('int32', [BLOCK]);
      // The kernel adds, as nearly all models do.
      const kernels = how < 2 ? fullKernelsOf(node) : undefined;
      const [nodesAt = 0, votesAt = 0, cellsAt = 0, scoresAt = 0, placesAt = 0] = kernels
        ? [...constants, cells, scores, places].map(node.address)
        : [];
      node.each(() => {
        const from = x.data;
        // As allocated.
        const features = cells.data as unknown as Float64Array;
        const sums = scores.data as unknown as Float64Array;
        const ats = places.data as unknown as Int32Array;
        for (let i = 0; i < from.length; i++) {
          const v = Number(from[i]);
          features[i * copies] = v;
          if (copies > 1) features[2 * i + 1] = -v;
        }
        sums.fill(how < 2 ? 0 : how > 2 ? -1 / 0 : 1 / 0);
        for (let row = 0; row < rows; row += BLOCK) {
          const size = Math.min(BLOCK, rows - row);
          const [start, first] = [row * rowX, row * count];
          const block = features.subarray(start, start + size * rowX);
          const own = sums.subarray(first, first + size * count);
          for (const root of begins) {
            const depth = depths[root] as number;
            if (kernels) {
              kernels.climb(
                nodesAt,
                24 * root,
                depth,
                votesAt,
                cellsAt + 8 * start,
                8 * rowX,
                scoresAt + 8 * first,
                8 * count,
                placesAt,
                size,
              );
            } else climb(tables, 6 * root, depth, block, rowX, own, count, ats, how);
          }
        }
      });
      return scores;
    },
  };
}

/** The kernel's twin, which takes the least (`how` 2) and the largest (3) as well. */
function climb(
  { nodes, limits, votes, weights }: Tables,
  root: number,
  depth: number,
  x: Float64Array,
  rowX: number,
  scores: Float64Array,
  rowScores: number,
  places: Int32Array,
  how: number,
): void {
  const rows = scores.length / rowScores;
  for (let row = 0; row < rows; row++) places[row] = root;
  for (let level = 0; level < depth; level++) {
    for (let row = 0, start = 0; row < rows; row++, start += rowX) {
      const at = places[row] as number;
      const v = x[start + ((nodes[at + 2] as number) >> 3)] as number;
      const isMost = +(v <= (limits[at >> 1] as number));
      places[row] = (nodes[at + 3 + isMost] as number) >> 2;
    }
  }
  for (let row = 0, start = 0; row < rows; row++, start += rowScores) {
    const leaf = places[row] as number;
    for (let i = (nodes[leaf + 5] as number) >> 3; i < (nodes[leaf + 11] as number) >> 3; i += 2) {
      const to = start + ((votes[2 * i] as number) >> 3);
      const old = scores[to] as number;
      const weight = weights[i + 1] as number;
      scores[to] = how < 2 ? old + weight : how > 2 ? Math.max(old, weight) : Math.min(old, weight);
    }
  }
}
