import type { NetworkRows } from './network-rows.ts';
import type { Weights } from './weights.ts';

/** A score for each row: the bias, a weight for each dense column times its number, and a weight for each id. */
export function forwardLinear({ bias, dense, ids }: Weights, rows: NetworkRows): Float32Array {
  const slots = rows.ids.length / rows.count;
  return Float32Array.from({ length: rows.count }, (_, row) => {
    let score = bias.values[0] as number;
    for (let i = 0, at = row * dense.rows; i < dense.rows; i++) {
      score += (rows.dense[at + i] as number) * (dense.values[i] as number);
    }
    for (let slot = 0, at = row * slots; slot < slots; slot++) {
      const id = rows.ids[at + slot] as number;
      if (id >= 0) score += ids.values[id] as number;
    }
    return score;
  });
}

/** Adds the gradient, given the derivative by each score. */
export function backwardLinear(
  { bias, dense, ids }: Weights,
  rows: NetworkRows,
  derivative: Float32Array,
): void {
  const slots = rows.ids.length / rows.count;
  derivative.forEach((d, row) => {
    bias.values[0] = (bias.values[0] as number) + d;
    for (let i = 0, at = row * dense.rows; i < dense.rows; i++) {
      dense.values[i] = (dense.values[i] as number) + d * (rows.dense[at + i] as number);
    }
    for (let slot = 0, at = row * slots; slot < slots; slot++) {
      const id = rows.ids[at + slot] as number;
      if (id >= 0) ids.values[id] = (ids.values[id] as number) + d;
    }
  });
}
