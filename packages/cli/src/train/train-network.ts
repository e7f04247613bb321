import { exp, log, prng } from '@inkling/core';
import type { Example } from '../dataset/build-dataset.ts';
import { measure, rankBy } from '../evaluate/metrics.ts';
import { backward, copyNetwork, createNetwork, forward, type Layer, type Network } from './network.ts';

export interface TrainOptions {
  /** Widths of the hidden layers. @default [32, 16] */
  readonly hidden?: readonly number[];
  /** @default 30 */
  readonly epochs?: number;
  /** Epochs without a better validation MRR before training ends. @default 4 */
  readonly patience?: number;
  /** @default 0.004 */
  readonly learningRate?: number;
  /** Decoupled weight decay (Loshchilov and Hutter, ICLR 2019). @default 0.02 */
  readonly l2?: number;
  /** Lists a step. @default 128 */
  readonly batch?: number;
  /** @default 'inkling' */
  readonly seed?: string;
  readonly onEpoch?: (progress: EpochProgress) => void;
}

export interface EpochProgress {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  /** MRR on the validation lists. */
  readonly mrr: number;
}

interface Moments {
  readonly mean: Network;
  readonly square: Network;
}

/** Fits an MLP with the listwise softmax loss (ListNet's top-one likelihood, Cao et al., ICML 2007), each list weighed
 * by its inverse propensity, with Adam (Kingma and Ba, ICLR 2015). Keeps the epoch that orders the validation lists
 * best. Seeded: the same data and options give the same weights. */
export function trainNetwork(
  width: number,
  train: readonly Example[],
  validation: readonly Example[],
  options: TrainOptions = {},
): Network {
  const { hidden = [32, 16], epochs = 30, patience = 4, seed = 'inkling', batch = 128 } = options;
  const { learningRate = 0.004, l2 = 0.02 } = options;
  const network = createNetwork(width, hidden, seed);
  const moments = { mean: zeros(network), square: zeros(network) };
  const usable = train.filter(({ list }) => list.labels.some(Boolean));
  const random = prng(seed, 'order');
  let best = { network: copyNetwork(network), mrr: meanMrr(network, validation), epoch: 0 };
  let step = 0;
  for (let epoch = 1; epoch <= epochs && epoch - best.epoch <= patience; epoch++) {
    const order = shuffled(usable, random);
    let loss = 0;
    for (let start = 0; start < order.length; start += batch) {
      const gradient = zeros(network);
      const lists = order.slice(start, start + batch);
      for (const example of lists) loss += accumulate(network, example, gradient);
      adamStep(network, gradient, moments, { step: ++step, scale: 1 / lists.length, learningRate, l2 });
    }
    const mrr = meanMrr(network, validation);
    // Without validation lists nothing can be compared: the last epoch is the best there is.
    if (mrr > best.mrr || validation.length === 0) best = { network: copyNetwork(network), mrr, epoch };
    options.onEpoch?.({ epoch, loss: loss / Math.max(1, usable.length), mrr });
  }
  return best.network;
}

/** Adds one list's gradient; returns its loss. */
function accumulate(network: Network, { list, features }: Example, gradient: Network): number {
  const rows = list.items.length;
  const activations = forward(network, features, rows);
  const scores = activations[network.length] as Float32Array;
  const highest = scores.reduce((a, b) => Math.max(a, b));
  const powers = Float64Array.from(scores, (score) => exp(score - highest));
  const total = powers.reduce((a, b) => a + b);
  const positives = list.labels.reduce((a, b) => a + b);
  const weight = Math.min(1 / list.propensity, 10);
  let loss = 0;
  const derivative = Float32Array.from(powers, (power, i) => {
    const target = (list.labels[i] as number) / positives;
    const p = power / total;
    if (target > 0) loss -= weight * target * log(p);
    return weight * (p - target);
  });
  backward(network, activations, derivative, gradient);
  return loss;
}

function adamStep(
  network: Network,
  gradient: Network,
  { mean, square }: Moments,
  { step, scale, learningRate, l2 }: { step: number; scale: number; learningRate: number; l2: number },
): void {
  const correction = Math.sqrt(1 - 0.999 ** step) / (1 - 0.9 ** step);
  network.forEach((layer, depth) => {
    for (const part of ['weights', 'bias'] as const) {
      const values = layer[part];
      const g = (gradient[depth] as Layer)[part];
      const m = (mean[depth] as Layer)[part];
      const v = (square[depth] as Layer)[part];
      for (let i = 0; i < values.length; i++) {
        const slope = (g[i] as number) * scale;
        m[i] = 0.9 * (m[i] as number) + 0.1 * slope;
        v[i] = 0.999 * (v[i] as number) + 0.001 * slope * slope;
        const decay = part === 'weights' ? l2 * (values[i] as number) : 0;
        const move = (correction * (m[i] as number)) / (Math.sqrt(v[i] as number) + 1e-8);
        values[i] = (values[i] as number) - learningRate * (move + decay);
      }
    }
  });
}

function meanMrr(network: Network, examples: readonly Example[]): number {
  if (examples.length === 0) return 0;
  const sum = examples.reduce((total, { list, features }) => {
    const scores = forward(network, features, list.items.length)[network.length] as Float32Array;
    return total + measure(rankBy(scores), list.labels, 10).mrr;
  }, 0);
  return sum / examples.length;
}

function zeros(network: Network): Network {
  return network.map((layer) => ({
    ...layer,
    weights: new Float32Array(layer.weights.length),
    bias: new Float32Array(layer.bias.length),
  }));
}

function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  const copy = [...values];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random() % (i + 1);
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}
