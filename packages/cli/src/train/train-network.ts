import { setImmediate } from 'node:timers/promises';
import { prng } from '@inkling/core';
import { CliError } from '../cli-error.ts';
import type { EncodedList, EncodedLists } from '../dataset/encoded-lists.ts';
import { measure, rankBy } from '../evaluate/metrics.ts';
import { adamStep, type Moments, noMoments } from './adam.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type LossName, lossOf } from './losses.ts';
import { backward, createNetwork, forward, type NetworkSpec } from './network.ts';
import { networkRows } from './network-rows.ts';
import { copyWeights, type Weights, zeroWeights } from './weights.ts';

/** How a network is fitted, whatever it is made of. */
export interface FitOptions {
  /** @default 'listwise' */
  readonly loss?: LossName;
  /** At most this many passes. @default 30 */
  readonly epochs?: number;
  /** Epochs without a lower validation loss before training ends. @default 4 */
  readonly patience?: number;
  /** @default 0.004 */
  readonly learningRate?: number;
  /** Decoupled weight decay. @default 0.02 */
  readonly l2?: number;
  /** L2 penalty of the embeddings and weights of ids: times their halved squares, is added to the mean loss. @default 0 */
  readonly embeddingL2?: number;
  /** Share of the hidden units that each step does without, below 1. @default 0 */
  readonly dropout?: number;
  /** Lists a step. @default 128 */
  readonly batch?: number;
  /** @default 'inkling' */
  readonly seed?: string;
  /** Ends training with the best epoch so far; before the first one ended, by throwing its reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onBatch?: (progress: BatchProgress) => void;
  readonly onEpoch?: (progress: EpochProgress) => void;
}

export interface BatchProgress {
  /** From 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Share of the epoch's lists that are done. */
  readonly done: number;
  /** Mean of the epoch so far. */
  readonly loss: number;
}

export interface EpochProgress {
  /** From 1. */
  readonly epoch: number;
  /** Mean over the training lists: of a network as the weights moved, of trees after the last one. */
  readonly loss: number;
  /** Mean over the validation lists; NaN without any. */
  readonly validationLoss: number;
  /** MRR on the validation lists; NaN without any, and of totals. */
  readonly mrr: number;
}

/** Where training stands after an epoch. The order of the next one follows from the seed and its number. */
export interface TrainingState {
  readonly epoch: number;
  readonly weights: Weights;
  readonly moments: Moments;
  readonly best: { readonly epoch: EpochProgress; readonly weights: Weights };
}

export interface TrainingData {
  readonly train: EncodedLists;
  readonly validation: EncodedLists;
  /** What each dense column is multiplied by. */
  readonly scale: Float32Array;
}

export interface FittedNetwork {
  /** The epoch with the lowest loss on the validation lists; the last one without any. */
  readonly best: TrainingState['best'];
  /** Whether the signal ended it. */
  readonly isStopped: boolean;
}

/** Fits a network with Adam, each list weighed by its inverse propensity, and keeps the epoch with
 * the lowest loss on the validation lists. The order of each epoch follows from the seed and its number, so that the same data and options give
 * the same weights, in one run or resumed.
 * @throws CliError where there is nothing to learn, or the loss is no number any more; the signal's reason */
export async function trainNetwork(
  spec: NetworkSpec,
  data: TrainingData,
  options: FitOptions = {},
  checkpoint?: Checkpoint<TrainingState>,
): Promise<FittedNetwork> {
  const { epochs = 30, patience = 4, seed = 'inkling', signal } = options;
  const resumed = await checkpoint?.read();
  const weights = resumed?.weights ?? createNetwork(spec, seed);
  let moments = resumed?.moments ?? noMoments(weights);
  let best = resumed?.best;
  for (let number = (resumed?.epoch ?? 0) + 1; number <= epochs; number++) {
    if (best && number > best.epoch.epoch + patience) break;
    const pass = await learn(spec, data, options, { number, weights, moments });
    if (!pass) break;
    moments = pass.moments;
    const held = await validate(data.validation, options, scoresOf(spec, data, weights));
    const epoch = { epoch: number, loss: pass.loss, validationLoss: held.loss, mrr: held.mrr };
    // Without validation lists nothing can be compared: the last epoch is the best there is.
    if (!best || !(held.loss >= best.epoch.validationLoss)) best = { epoch, weights: copyWeights(weights) };
    await checkpoint?.write({ epoch: number, weights, moments, best });
    options.onEpoch?.(epoch);
    if (signal?.aborted) break;
  }
  if (!best) signal?.throwIfAborted();
  if (!best) throw new CliError('options', '--epochs', 'at least 1', `${epochs}`);
  return { best, isStopped: signal?.aborted ?? false };
}

/** One pass over the training lists, which moves the weights. @returns nothing where the signal ended it */
async function learn(
  spec: NetworkSpec,
  { train, scale }: TrainingData,
  options: FitOptions,
  { number, weights, moments: before }: { number: number; weights: Weights; moments: Moments },
): Promise<{ readonly loss: number; readonly moments: Moments } | undefined> {
  const { epochs = 30, batch = 128, seed = 'inkling', learningRate = 0.004, l2 = 0.02 } = options;
  const { embeddingL2 = 0, dropout = 0 } = options;
  const drop = dropout > 0 ? { share: dropout, random: prng(`${seed}/${number}`, 'dropout') } : undefined;
  const gradient = zeroWeights(weights);
  let moments = before;
  let [sum, count, seen] = [0, 0, 0];
  for await (const lists of train.batches(batch, `${seed}/${number}`)) {
    // Gives the signal, and whoever draws the progress, a turn.
    await setImmediate();
    if (options.signal?.aborted) return undefined;
    const { usable, counts } = usableOf(lists, options);
    seen += lists.length;
    if (counts === 0) continue;
    const rows = networkRows(spec.columns, train.width, scale, usable);
    const activations = forward(spec, weights, rows, drop);
    const derivative = new Float32Array(rows.count);
    for (const { values } of Object.values(gradient)) values.fill(0);
    sum += lossOfLists(usable, options, activations.scores, derivative);
    count += counts;
    backward(spec, weights, rows, activations, derivative, gradient);
    moments = adamStep(weights, gradient, moments, { scale: 1 / counts, learningRate, l2, embeddingL2 });
    options.onBatch?.({ epoch: number, epochs, done: seen / train.count, loss: sum / count });
  }
  if (count === 0) throw nothingToLearn();
  if (!Number.isFinite(sum)) {
    throw new CliError(
      'training',
      `epoch ${number}`,
      'a loss that is a number: try a lower learning rate',
      `${sum}`,
    );
  }
  return { loss: sum / count, moments };
}

export function nothingToLearn(): CliError {
  return new CliError('training lists', '', 'lists in which something was chosen', 'none');
}

/** Scores of the rows of some lists, one after the other. */
export type ScoreLists = (lists: readonly EncodedList[]) => Float32Array;

export function scoresOf(
  spec: NetworkSpec,
  { validation, scale }: Omit<TrainingData, 'train'>,
  weights: Weights,
): ScoreLists {
  return (lists) => forward(spec, weights, networkRows(spec.columns, validation.width, scale, lists)).scores;
}

/** Mean loss and MRR of the validation lists, NaN without any. */
export async function validate(
  validation: EncodedLists,
  options: Pick<FitOptions, 'batch' | 'loss'>,
  scoreLists: ScoreLists,
): Promise<{ readonly loss: number; readonly mrr: number }> {
  let [sum, count, mrr, lists] = [0, 0, 0, 0];
  for await (const some of validation.batches(options.batch ?? 128, 'validation')) {
    await setImmediate();
    const { usable, counts } = usableOf(some, options);
    if (counts === 0) continue;
    const scores = scoreLists(usable);
    sum += lossOfLists(usable, options, scores, new Float32Array(scores.length));
    count += counts;
    eachList(usable, ({ labels }, start, end) => {
      mrr += measure(rankBy(scores.subarray(start, end)), Array.from(labels), 10).mrr;
      lists++;
    });
  }
  return { loss: sum / count, mrr: mrr / lists };
}

/** The lists of which something can be learnt, and how much that is together. */
function usableOf(lists: readonly EncodedList[], { loss = 'listwise' }: FitOptions) {
  const counts = lists.map(({ labels }) => lossOf[loss].countOf(labels));
  return { usable: lists.filter((_, i) => counts[i]), counts: counts.reduce((a, b) => a + b, 0) };
}

/** Their loss together; writes its derivative by each score. */
function lossOfLists(
  lists: readonly EncodedList[],
  { loss = 'listwise' }: FitOptions,
  scores: Float32Array,
  derivative: Float32Array,
): number {
  let sum = 0;
  eachList(lists, ({ labels, weight }, start, end) => {
    sum += lossOf[loss].evaluate(
      scores.subarray(start, end),
      labels,
      weight,
      derivative.subarray(start, end),
    );
  });
  return sum;
}

/** Visits lists whose rows stand one after the other. */
function eachList(
  lists: readonly EncodedList[],
  visit: (list: EncodedList, start: number, end: number) => void,
): void {
  let start = 0;
  for (const list of lists) {
    visit(list, start, start + list.labels.length);
    start += list.labels.length;
  }
}
