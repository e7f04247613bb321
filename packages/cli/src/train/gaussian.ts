import { cos, log, type Prng } from '@inkling/core';

/** A stream of standard normal numbers (Box and Muller, 1958), the same bits on every machine. */
export function gaussian(random: Prng): () => number {
  return () => {
    const u = (random() + 1) / 2 ** 32;
    return Math.sqrt(-2 * log(u)) * cos((2 * Math.PI * random()) / 2 ** 32);
  };
}
