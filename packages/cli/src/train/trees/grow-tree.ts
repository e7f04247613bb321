import type { BinnedLists } from './binned-lists.ts';
import type { Edges } from './bins.ts';
import type { Derivatives } from './objectives.ts';
import { roundToByte } from './round-to-byte.ts';
import type { Branch, Leaf, Tree } from './tree.ts';

export interface GrowOptions {
  /** At most. */
  readonly leaves: number;
  readonly learningRate: number;
  /** Added to the sum of hessians of a leaf. */
  readonly l2: number;
  /** Least sum of hessians of a leaf. */
  readonly minChildWeight: number;
}

/** Sums of gradients and hessians by bin, a column after the other, 256 bins each. */
interface Histogram {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

interface Sums {
  readonly gradient: number;
  readonly hessian: number;
}

interface Split extends Omit<Branch, 'yes' | 'no' | 'threshold'> {
  readonly gain: number;
}

/** A leaf that may still be split. */
interface Open {
  readonly node: number;
  /** In ascending order. */
  readonly rows: Uint32Array;
  readonly sums: Sums;
  readonly histogram: Histogram;
  readonly split: Split | undefined;
}

const BINS = 256;

/** Grows one tree, always at the leaf where a split gains most (Shi, "Best-first decision tree learning", 2007), over
 * histograms of which the larger child's is the difference of its parent's and the smaller's (Ke et al., "LightGBM", NIPS
 * 2017). A leaf of gradients G and hessians H is worth −G / (H + λ), a split gains
 * G₁² / (H₁ + λ) + G₂² / (H₂ + λ) − G² / (H + λ), where rows whose value is missing go where that is more (Chen and
 * Guestrin, "XGBoost", KDD 2016, equations 5 and 7, algorithm 3). Ties go to the first column and bin.
 * @param rows those that are learnt from, in ascending order
 * @param used places of the columns that may be split on */
export function growTree(
  { columns }: BinnedLists,
  edges: readonly Edges[],
  derivatives: Derivatives,
  rows: Uint32Array,
  used: readonly number[],
  options: GrowOptions,
): Tree {
  const nodes: (Branch | Leaf)[] = [];
  const open = (rows: Uint32Array, histogram: Histogram): Open => {
    const sums = sumOf(rows, derivatives);
    // The next tree learns what rounding leaves.
    const value = roundToByte((-options.learningRate * sums.gradient) / (sums.hessian + options.l2 || 1));
    const node = nodes.push({ value }) - 1;
    return { node, rows, sums, histogram, split: bestSplit(histogram, sums, used, edges, options) };
  };
  const leaves = [open(rows, histogramOf(rows, columns, used, derivatives))];
  while (leaves.length < options.leaves) {
    const best = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    if (best.split === undefined) break;
    const { column, bin, missingIsYes } = best.split;
    const [yesRows, noRows] = divide(best.rows, columns[column] as Uint8Array, best.split);
    const yesIsSmaller = yesRows.length <= noRows.length;
    const smaller = histogramOf(yesIsSmaller ? yesRows : noRows, columns, used, derivatives);
    const larger = subtract(best.histogram, smaller);
    const yes = open(yesRows, yesIsSmaller ? smaller : larger);
    const no = open(noRows, yesIsSmaller ? larger : smaller);
    const threshold = (edges[column] as Edges)[bin - 1] as number;
    nodes[best.node] = { column, threshold, bin, missingIsYes, yes: yes.node, no: no.node };
    leaves.splice(leaves.indexOf(best), 1, yes, no);
  }
  return nodes;
}

/** In their order. */
function divide(
  rows: Uint32Array,
  bins: Uint8Array,
  { bin, missingIsYes }: Split,
): readonly [Uint32Array, Uint32Array] {
  const yes = new Uint32Array(rows.length);
  const no = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const own = bins[row] as number;
    if (own === 0 ? missingIsYes : own <= bin) yes[count++] = row;
    else no[i - count] = row;
  }
  return [yes.slice(0, count), no.slice(0, rows.length - count)];
}

function sumOf(rows: Uint32Array, derivatives: Derivatives): Sums {
  let gradient = 0;
  let hessian = 0;
  for (const row of rows) {
    gradient += derivatives.gradient[row] as number;
    hessian += derivatives.hessian[row] as number;
  }
  return { gradient, hessian };
}

function histogramOf(
  rows: Uint32Array,
  columns: readonly Uint8Array[],
  used: readonly number[],
  derivatives: Derivatives,
): Histogram {
  const gradient = new Float64Array(used.length * BINS);
  const hessian = new Float64Array(used.length * BINS);
  // Side by side, because every column reads them again.
  const gradients = new Float64Array(rows.length);
  const hessians = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    gradients[i] = derivatives.gradient[rows[i] as number] as number;
    hessians[i] = derivatives.hessian[rows[i] as number] as number;
  }
  used.forEach((column, place) => {
    const bins = columns[column] as Uint8Array;
    const start = place * BINS;
    for (let i = 0; i < rows.length; i++) {
      const at = start + (bins[rows[i] as number] as number);
      gradient[at] = (gradient[at] as number) + (gradients[i] as number);
      hessian[at] = (hessian[at] as number) + (hessians[i] as number);
    }
  });
  return { gradient, hessian };
}

/** Into the first, which is not needed any more. */
function subtract(whole: Histogram, part: Histogram): Histogram {
  for (const sums of ['gradient', 'hessian'] as const) {
    const values = whole[sums];
    const less = part[sums];
    for (let at = 0; at < values.length; at++) values[at] = (values[at] as number) - (less[at] as number);
  }
  return whole;
}

function bestSplit(
  { gradient, hessian }: Histogram,
  sums: Sums,
  used: readonly number[],
  edges: readonly Edges[],
  { l2, minChildWeight }: GrowOptions,
): Split | undefined {
  const worth = (g: number, h: number) => (g * g) / (h + l2);
  let best: Split | undefined;
  // What rounding leaves of nothing is no gain.
  let most = 1e-9 + worth(sums.gradient, sums.hessian);
  const least = Math.max(minChildWeight, 1e-9);
  used.forEach((column, place) => {
    const start = place * BINS;
    const ends = (edges[column] as Edges).length;
    const missing = { gradient: gradient[start] as number, hessian: hessian[start] as number };
    for (const missingIsYes of missing.hessian > 1e-9 ? [false, true] : [false]) {
      let g = missingIsYes ? missing.gradient : 0;
      let h = missingIsYes ? missing.hessian : 0;
      for (let bin = 1; bin <= ends; bin++) {
        g += gradient[start + bin] as number;
        h += hessian[start + bin] as number;
        const rest = sums.hessian - h;
        if (h < least || rest < least) continue;
        const gain = worth(g, h) + worth(sums.gradient - g, rest);
        if (gain <= most) continue;
        most = gain;
        best = { column, bin, missingIsYes, gain: gain - worth(sums.gradient, sums.hessian) };
      }
    }
  });
  return best;
}
