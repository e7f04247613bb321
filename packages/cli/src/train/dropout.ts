import type { Prng } from '@inkling/core';

/** Which hidden units a step of training does without. */
export interface Dropout {
  /** From 0, below 1. */
  readonly share: number;
  readonly random: Prng;
}

/** Sets a share of what hidden units gave to 0 (Srivastava et al., "Dropout", JMLR 2014). The rest is divided by the share
 * that is kept, so that a layer is given as much as without, and scoring needs no correction. */
export function dropOut(values: Float32Array, { share, random }: Dropout): void {
  const threshold = share * 2 ** 32;
  for (let i = 0; i < values.length; i++) {
    values[i] = random() < threshold ? 0 : (values[i] as number) / (1 - share);
  }
}
