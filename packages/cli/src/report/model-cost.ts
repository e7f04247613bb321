import { brotliCompressSync } from 'node:zlib';
import type { Scorer } from '@inkling/core';

export interface ModelCost {
  readonly bytes: number;
  /** What goes over the wire. */
  readonly brotliBytes: number;
  /** Median time of scoring 500 items on this machine, in microseconds. */
  readonly microseconds: number;
  /** The middle half of the times. */
  readonly spread: readonly [number, number];
}

const ROWS = 500;
const RUNS = 200;

/** What the model costs to send and to run. Measured on this machine: compare figures of one report only. */
export function modelCost(model: Uint8Array, scorer: Scorer, width: number): ModelCost {
  const features = Float32Array.from({ length: ROWS * width }, (_, i) => (i % 7) / 7);
  const times = Float64Array.from({ length: RUNS }, () => {
    const start = performance.now();
    scorer(features, ROWS);
    return (performance.now() - start) * 1000;
  }).sort();
  const at = (share: number) => Math.round(times[Math.floor(share * (RUNS - 1))] as number);
  return {
    bytes: model.length,
    brotliBytes: brotliCompressSync(model).length,
    microseconds: at(0.5),
    spread: [at(0.25), at(0.75)],
  };
}
