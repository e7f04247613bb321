import { setImmediate } from 'node:timers/promises';
import { prng } from '@inkling/core';
import type { EncodedLists } from '../../dataset/encoded-lists.ts';
import { measure, rankBy } from '../../evaluate/metrics.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { type LossName, lossOf } from '../losses.ts';
import { type EpochProgress, type FitOptions, nothingToLearn } from '../train-network.ts';
import { type BinnedLists, binLists, findEdges } from './binned-lists.ts';
import { type GrowOptions, growTree } from './grow-tree.ts';
import { type Derivatives, OBJECTIVES } from './objectives.ts';
import { addTree, type Forest, type Tree } from './tree.ts';

export interface TreesOptions
  extends Omit<FitOptions, 'batch' | 'dropout' | 'embeddingL2'>,
    Partial<GrowOptions> {
  /** Trees, at most. @default 400 */
  readonly epochs?: number;
  /** Trees without a lower validation loss before training ends. @default 50 */
  readonly patience?: number;
  /** Leaves of a tree, at most. @default 12 */
  readonly leaves?: number;
  /** What a tree adds is multiplied by this. @default 0.05 */
  readonly learningRate?: number;
  /** Added to the sum of hessians of a leaf. @default 1 */
  readonly l2?: number;
  /** @default 5 */
  readonly minChildWeight?: number;
  /** Share of the lists that a tree is grown on, drawn anew for each. @default 0.7 */
  readonly listShare?: number;
  /** Share of the columns that a tree may use, drawn anew for each. @default 0.5 */
  readonly columnShare?: number;
  /** Lists kept in memory; of more, a random sample. @default 200_000 */
  readonly mostLists?: number;
}

/** Where boosting stands. What the next tree is grown on follows from the seed and its number. */
export interface TreesState {
  readonly trees: readonly Tree[];
  /** Its epoch is the number of trees that are kept. */
  readonly best: EpochProgress;
}

export interface FittedTrees {
  readonly forest: Forest;
  readonly best: EpochProgress;
  /** Whether the signal ended it. */
  readonly isStopped: boolean;
}

/** Fits gradient-boosted trees (Friedman, "Greedy function approximation", 2001), each on a sample of lists and columns
 * (Friedman, "Stochastic gradient boosting", 2002), one an epoch. Keeps as many trees as have the lowest loss on the
 * validation lists. Seeded: the same lists and options give the same trees, in one run or resumed.
 * @throws CliError where there is nothing to learn; the signal's reason before the first tree */
export async function trainTrees(
  lists: EncodedLists,
  validation: EncodedLists,
  options: TreesOptions = {},
  checkpoint?: Checkpoint<TreesState>,
): Promise<FittedTrees> {
  const { loss = 'listwise', epochs = 400, patience = 50, seed = 'inkling', signal } = options;
  const { leaves = 12, learningRate = 0.05, l2 = 1, minChildWeight = 5 } = options;
  const { listShare = 0.7, columnShare = 0.5, mostLists = 200_000 } = options;
  const resumed = await checkpoint?.read();
  const edges = await findEdges(lists, seed);
  const train = await binLists(lists, edges, { most: mostLists, seed });
  const held = await binLists(validation, edges, { most: mostLists, seed });
  // A column with one value splits nothing.
  const varying = [...edges.keys()].filter((column) => hasSeveral(train.columns[column] as Uint8Array));
  const scores = new Float64Array(train.rows);
  const heldScores = new Float64Array(held.rows);
  const add = (tree: Tree) => {
    addTree(tree, train.columns, scores);
    addTree(tree, held.columns, heldScores);
  };
  const stand = (epoch: number): EpochProgress => ({
    epoch,
    loss: meanLoss(train, scores, loss),
    validationLoss: meanLoss(held, heldScores, loss),
    mrr: meanMrr(held, heldScores, loss),
  });
  const trees = [...(resumed?.trees ?? [])];
  trees.forEach(add);
  let best = resumed?.best ?? stand(0);
  if (Number.isNaN(best.loss)) throw nothingToLearn();
  while (trees.length < epochs && trees.length < best.epoch + patience && !signal?.aborted) {
    const number = trees.length + 1;
    const random = prng(`${seed}/${number}`, 'tree');
    const derivatives = derive(train, scores, loss);
    const rows = rowsOf(train, draw([...train.weights.keys()], listShare, random));
    const used = draw(varying, columnShare, random);
    const grow = { leaves, learningRate, l2, minChildWeight };
    const tree = growTree(train, edges, derivatives, rows, used, grow);
    trees.push(tree);
    add(tree);
    const epoch = stand(number);
    // Without validation lists nothing can be compared: all trees are the best there is.
    if (!(epoch.validationLoss >= best.validationLoss)) best = epoch;
    await checkpoint?.write({ trees, best });
    options.onBatch?.({ epoch: number, epochs, done: 1, loss: epoch.loss });
    options.onEpoch?.(epoch);
    // So that a signal can come in.
    await setImmediate();
  }
  if (trees.length === 0) signal?.throwIfAborted();
  const forest = { width: lists.width, trees: trees.slice(0, best.epoch) };
  return { forest, best, isStopped: signal?.aborted ?? false };
}

function hasSeveral(bins: Uint8Array): boolean {
  return bins.some((bin) => bin !== bins[0]);
}

function derive(lists: BinnedLists, scores: Float64Array, loss: LossName): Derivatives {
  const out = { gradient: new Float64Array(lists.rows), hessian: new Float64Array(lists.rows) };
  lists.weights.forEach((weight, list) => {
    const [start, end] = [lists.starts[list] as number, lists.starts[list + 1] as number];
    OBJECTIVES[loss](scores.subarray(start, end), lists.labels.subarray(start, end), weight, out, start);
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

/** Mean over what the lists say; NaN where they say nothing. */
function meanLoss(lists: BinnedLists, scores: Float64Array, name: LossName): number {
  const { countOf, evaluate } = lossOf[name];
  let [sum, count] = [0, 0];
  eachList(lists, scores, (own, labels, weight) => {
    const counts = countOf(labels);
    if (counts > 0) sum += evaluate(Float32Array.from(own), labels, weight, new Float32Array(own.length));
    count += counts;
  });
  return sum / count;
}

/** Of the lists that say something. */
function meanMrr(lists: BinnedLists, scores: Float64Array, name: LossName): number {
  let [sum, count] = [0, 0];
  eachList(lists, scores, (own, labels) => {
    if (lossOf[name].countOf(labels) === 0) return;
    sum += measure(rankBy(own), [...labels], 10).mrr;
    count++;
  });
  return sum / count;
}

function eachList(
  { starts, labels, weights }: BinnedLists,
  scores: Float64Array,
  visit: (scores: Float64Array, labels: Uint8Array, weight: number) => void,
): void {
  weights.forEach((weight, list) => {
    const [start, end] = [starts[list] as number, starts[list + 1] as number];
    visit(scores.subarray(start, end), labels.subarray(start, end), weight);
  });
}
