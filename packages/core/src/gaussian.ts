import { log } from './math.ts';
import type { Prng } from './prng.ts';

/** A stream of standard normal numbers, by the polar method (Marsaglia and Bray, SIAM Review 6(3), 1964). The same bits
 * in every engine: of all functions it needs only sqrt and this package's own logarithm. */
export function gaussians(random: Prng): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      // In -1..1, never 0: an odd number over 2^32.
      const u = (2 * random() + 1) / 0x100000000 - 1;
      const v = (2 * random() + 1) / 0x100000000 - 1;
      const square = u * u + v * v;
      if (square >= 1) continue;
      const scale = Math.sqrt((-2 * log(square)) / square);
      spare = v * scale;
      return u * scale;
    }
  };
}
