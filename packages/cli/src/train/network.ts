import { prng } from '@inkling/core';
import { backwardDense, type DenseLayer, forwardDense } from './dense-layer.ts';
import { type Dropout, dropOut } from './dropout.ts';
import { backwardEmbed, embed } from './embedding-table.ts';
import { gaussian } from './gaussian.ts';
import { backwardLinear, forwardLinear } from './linear-terms.ts';
import type { NetworkColumns } from './network-columns.ts';
import type { NetworkRows } from './network-rows.ts';
import { backwardPairs, forwardPairs } from './pair-terms.ts';
import { matrix, type Weights } from './weights.ts';

export const NETWORKS = ['linear', 'fm', 'mlp', 'deepfm'] as const;

/** `linear`: a weight for each column and id. `fm`: and for each two of them the product of their factors (Rendle,
 * "Factorization machines", ICDM 2010). `mlp`: layers with ReLU over the dense columns and the ids' factors. `deepfm`:
 * the sum of the last two, the factors in common (Guo et al., "DeepFM", IJCAI 2017). */
export type NetworkKind = (typeof NETWORKS)[number];

export interface NetworkSpec {
  readonly kind: NetworkKind;
  readonly columns: NetworkColumns;
  /** Widths of the hidden layers, of `mlp` and `deepfm`. */
  readonly hidden: readonly number[];
  /** Numbers that stand for an id, and in a factorization machine for a column. */
  readonly factors: number;
}

/** What a forward pass leaves for the backward one. */
interface Activations {
  /** One for each row. */
  readonly scores: Float32Array;
  readonly embedded: Float32Array;
  /** Of `forwardPairs`. */
  readonly sums: Float32Array;
  /** What each layer was given. */
  readonly layers: readonly Float32Array[];
  /** Share of the hidden units that were dropped. */
  readonly dropped: number;
}

/** Deviation of the first factors. */
const SMALL = 0.05;

/** The weights that training starts from; what a network of this kind lacks has no cells. */
export function createNetwork(spec: NetworkSpec, seed: string): Weights {
  const { columns, hidden, factors } = spec;
  const { dense, fields, tableRows } = columns;
  const { isWide, hasPairs, hasLayers } = partsOf(spec);
  const draw = gaussian(prng(seed, 'weights'));
  // The first row of a field with several values is their padding, and stays 0.
  const padding = new Set(fields.flatMap((field) => (field.columns.length > 1 ? [field.offset] : [])));
  const sizes = hasLayers ? [dense.length + fields.length * factors, ...hidden, 1] : [];
  const layers = sizes.slice(1).flatMap((outputs, depth) => {
    const inputs = sizes[depth] as number;
    // For ReLU (He et al., ICCV 2015).
    const deviation = Math.sqrt(2 / Math.max(inputs, 1));
    return [
      [`weights${depth + 1}`, matrix(inputs, outputs, () => deviation * draw())],
      [`bias${depth + 1}`, matrix(1, outputs)],
    ] as const;
  });
  return {
    bias: matrix(1, isWide ? 1 : 0),
    dense: matrix(isWide ? dense.length : 0, 1),
    ids: matrix(isWide ? tableRows : 0, 1),
    denseFactors: matrix(hasPairs ? dense.length : 0, factors, () => SMALL * draw()),
    idFactors: matrix(hasPairs || hasLayers ? tableRows : 0, factors, (row) =>
      padding.has(row) ? 0 : SMALL * draw(),
    ),
    ...Object.fromEntries(layers),
  };
}

interface NetworkParts {
  /** A weight for each column and id. */
  readonly isWide: boolean;
  /** Products of factors. */
  readonly hasPairs: boolean;
  readonly hasLayers: boolean;
}

/** What a network is made of. */
export function partsOf({ kind }: NetworkSpec): NetworkParts {
  const hasLayers = kind === 'mlp' || kind === 'deepfm';
  return { isWide: kind !== 'mlp', hasPairs: kind === 'fm' || kind === 'deepfm', hasLayers };
}

/** The layers, the first one first. */
export function layersOf(weights: Weights): readonly DenseLayer[] {
  const layers: DenseLayer[] = [];
  for (let depth = 1; ; depth++) {
    const [matrix, bias] = [weights[`weights${depth}`], weights[`bias${depth}`]];
    if (!matrix || !bias) return layers;
    layers.push({ weights: matrix, bias });
  }
}

/** @param dropout of the hidden units, in training */
export function forward(
  spec: NetworkSpec,
  weights: Weights,
  rows: NetworkRows,
  dropout?: Dropout,
): Activations {
  const { isWide, hasPairs } = partsOf(spec);
  const { count, dense } = rows;
  const scores = isWide ? forwardLinear(weights, rows) : new Float32Array(count);
  const embedded = embed(spec.columns, weights.idFactors, rows);
  const sums = hasPairs
    ? forwardPairs({ rows: count, dense, embedded }, weights.denseFactors, scores)
    : new Float32Array();
  const stack = layersOf(weights);
  const layers: Float32Array[] = [];
  let x = joinRows(dense, embedded, count);
  stack.forEach((layer, depth) => {
    layers.push(x);
    const y = forwardDense(x, count, layer);
    if (depth < stack.length - 1) {
      for (let i = 0; i < y.length; i++) y[i] = Math.max(0, y[i] as number);
      if (dropout) dropOut(y, dropout);
    } else for (let row = 0; row < count; row++) scores[row] = (scores[row] as number) + (y[row] as number);
    x = y;
  });
  return { scores, embedded, sums, layers, dropped: dropout?.share ?? 0 };
}

/** Adds the gradient of the loss, given its derivative by each score. */
export function backward(
  spec: NetworkSpec,
  weights: Weights,
  rows: NetworkRows,
  { embedded, sums, layers, dropped }: Activations,
  derivative: Float32Array,
  gradient: Weights,
): void {
  const { isWide, hasPairs } = partsOf(spec);
  const { count, dense } = rows;
  if (isWide) backwardLinear(gradient, rows, derivative);
  const stack = layersOf(weights);
  const gradients = layersOf(gradient);
  const denseColumns = spec.columns.dense.length;
  let dy = derivative;
  for (let depth = stack.length - 1; depth >= 0; depth--) {
    const wanted = depth === 0 ? denseColumns : 0;
    dy = backwardDense(
      layers[depth] as Float32Array,
      dy,
      stack[depth] as DenseLayer,
      gradients[depth] as DenseLayer,
      wanted,
    );
    // What was kept had been divided by its share.
    if (dropped > 0 && depth > 0)
      for (let i = 0; i < dy.length; i++) dy[i] = (dy[i] as number) / (1 - dropped);
  }
  const dEmbedded = new Float32Array(embedded.length);
  if (stack.length > 0) splitRows(dy, dEmbedded, count);
  if (hasPairs) {
    const into = { denseFactors: gradient.denseFactors, embedded: dEmbedded };
    backwardPairs({ rows: count, dense, embedded }, weights.denseFactors, sums, derivative, into);
  }
  backwardEmbed(spec.columns, gradient.idFactors, rows, dEmbedded);
}

/** Each row of the first beside that of the second. */
function joinRows(first: Float32Array, second: Float32Array, count: number): Float32Array {
  if (second.length === 0) return first;
  const [a, b] = [first.length / count, second.length / count];
  const joined = new Float32Array(first.length + second.length);
  for (let row = 0; row < count; row++) {
    joined.set(first.subarray(row * a, (row + 1) * a), row * (a + b));
    joined.set(second.subarray(row * b, (row + 1) * b), row * (a + b) + a);
  }
  return joined;
}

/** Fills `second` with what `joinRows` put beside the first. */
function splitRows(joined: Float32Array, second: Float32Array, count: number): void {
  const [width, b] = [joined.length / count, second.length / count];
  for (let row = 0; row < count; row++) {
    second.set(joined.subarray((row + 1) * width - b, (row + 1) * width), row * b);
  }
}
