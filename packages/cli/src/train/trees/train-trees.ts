import { prng } from '@inkling/core';
import type { EncodedLists } from '../../dataset/encoded-lists.ts';
import { measure, rankBy } from '../../evaluate/metrics.ts';
import { type BinnedLists, binLists, findEdges } from './binned-lists.ts';
import { type GrowOptions, growTree } from './grow-tree.ts';
import { type Derivatives, OBJECTIVES, type Objective } from './objectives.ts';
import { addTree, type Forest, type Tree } from './tree.ts';

export interface TreesOptions extends Partial<GrowOptions> {
  /** @default 'listwise' */
  readonly objective?: Objective;
  /** At most. @default 400 */
  readonly trees?: number;
  /** Leaves of a tree, at most. @default 12 */
  readonly leaves?: number;
  /** @default 0.05 */
  readonly learningRate?: number;
  /** @default 1 */
  readonly l2?: number;
  /** @default 5 */
  readonly minChildWeight?: number;
  /** Share of the lists that a tree is grown on, drawn anew for each. @default 0.7 */
  readonly listShare?: number;
  /** Share of the columns that a tree may use, drawn anew for each. @default 0.5 */
  readonly columnShare?: number;
  /** Trees without a better validation MRR before training ends. @default 50 */
  readonly patience?: number;
  /** Lists kept in memory; of more, a random sample. @default 200_000 */
  readonly mostLists?: number;
  /** @default 'inkling' */
  readonly seed?: string;
  /** Ends training early; the best so far is the result. */
  readonly signal?: AbortSignal;
  readonly onTree?: (progress: TreesProgress) => void;
}

export interface TreesProgress {
  /** From 1. */
  readonly tree: number;
  /** MRR on the validation lists. */
  readonly mrr: number;
}

/** Fits gradient-boosted trees (Friedman, "Greedy function approximation", 2001), each on a sample of lists and columns
 * (Friedman, "Stochastic gradient boosting", 2002). Keeps as many trees as order the validation lists best. Seeded: the
 * same lists and options give the same trees. */
export async function trainTrees(
  lists: EncodedLists,
  validation: EncodedLists,
  options: TreesOptions = {},
): Promise<Forest> {
  const { objective = 'listwise', trees: most = 400, patience = 50, seed = 'inkling' } = options;
  const { leaves = 12, learningRate = 0.05, l2 = 1, minChildWeight = 5 } = options;
  const { listShare = 0.7, columnShare = 0.5, mostLists = 200_000 } = options;
  const edges = await findEdges(lists, seed);
  const train = await binLists(lists, edges, { most: mostLists, seed });
  const kept = await binLists(validation, edges, { most: mostLists, seed });
  // A column with one value splits nothing.
  const varying = [...edges.keys()].filter((column) => hasSeveral(train.columns[column] as Uint8Array));
  const scores = new Float64Array(train.rows);
  const keptScores = new Float64Array(kept.rows);
  const random = prng(seed, 'trees');
  const trees: Tree[] = [];
  let best = { trees: 0, mrr: meanMrr(kept, keptScores) };
  while (trees.length < most && trees.length - best.trees < patience && !options.signal?.aborted) {
    const derivatives = derive(train, scores, objective);
    const rows = rowsOf(train, draw([...train.weights.keys()], listShare, random));
    const used = draw(varying, columnShare, random);
    const tree = growTree(train, edges, derivatives, rows, used, {
      leaves,
      learningRate,
      l2,
      minChildWeight,
    });
    trees.push(tree);
    addTree(tree, train.columns, scores);
    addTree(tree, kept.columns, keptScores);
    const mrr = meanMrr(kept, keptScores);
    // Without validation lists nothing can be compared: all trees are the best there is.
    if (mrr > best.mrr || kept.rows === 0) best = { trees: trees.length, mrr };
    options.onTree?.({ tree: trees.length, mrr });
    // So that a signal can come in.
    await new Promise(setImmediate);
  }
  return { width: lists.width, trees: trees.slice(0, best.trees) };
}

function hasSeveral(bins: Uint8Array): boolean {
  return bins.some((bin) => bin !== bins[0]);
}

function derive(lists: BinnedLists, scores: Float64Array, objective: Objective): Derivatives {
  const out = { gradient: new Float64Array(lists.rows), hessian: new Float64Array(lists.rows) };
  lists.weights.forEach((weight, list) => {
    const [start, end] = [lists.starts[list] as number, lists.starts[list + 1] as number];
    OBJECTIVES[objective](scores.subarray(start, end), lists.labels.subarray(start, end), weight, out, start);
  });
  return out;
}

/** A share of the values, at least one, in their order. @param random whole numbers from 0 to 2³² − 1 */
function draw(values: readonly number[], share: number, random: () => number): readonly number[] {
  if (share >= 1) return values;
  let wanted = Math.max(1, Math.round(share * values.length));
  // Selection sampling (Knuth, The Art of Computer Programming 2, section 3.4.2, algorithm S).
  return values.filter((_, at) => {
    const isDrawn = (random() / 2 ** 32) * (values.length - at) < wanted;
    if (isDrawn) wanted--;
    return isDrawn;
  });
}

function rowsOf({ starts }: BinnedLists, lists: readonly number[]): Uint32Array {
  const size = lists.reduce((sum, list) => sum + (starts[list + 1] as number) - (starts[list] as number), 0);
  const rows = new Uint32Array(size);
  let at = 0;
  for (const list of lists) {
    for (let row = starts[list] as number; row < (starts[list + 1] as number); row++) rows[at++] = row;
  }
  return rows;
}

function meanMrr({ starts, labels, weights }: BinnedLists, scores: Float64Array): number {
  const sum = [...weights.keys()].reduce((total, list) => {
    const [start, end] = [starts[list] as number, starts[list + 1] as number];
    const ranking = rankBy(scores.subarray(start, end));
    return total + measure(ranking, [...labels.subarray(start, end)], 10).mrr;
  }, 0);
  return sum / (weights.length || 1);
}
