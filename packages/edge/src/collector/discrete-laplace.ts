/** A uniform whole number from 0 to below `n`, at most 2³². */
export type RandomBelow = (n: number) => number;

const WORDS = 2 ** 32;

/** Uniform without bias: words at and above the greatest multiple of `n` are drawn again.
 * @param word a uniform 32-bit number */
export function randomBelow(word: () => number): RandomBelow {
  return (n) => {
    const end = WORDS - (WORDS % n);
    for (;;) {
      const drawn = word();
      if (drawn < end) return drawn % n;
    }
  };
}

/** A whole number with probability proportional to exp(−|x|·s/t): discrete Laplace noise of scale t/s, drawn without any
 * floating-point number, whose rounding would give the noise away. Algorithm 2 of Canonne, Kamath and Steinke, "The
 * Discrete Gaussian for Differential Privacy", 2020 (https://arxiv.org/abs/2004.00010).
 * @param s whole, from 1
 * @param t whole, from 1; at most 2²⁴, so that no product leaves 32 bits */
export function discreteLaplace(s: number, t: number, below: RandomBelow): number {
  for (;;) {
    const rest = below(t);
    if (!flipExp(rest, t, below)) continue;
    let whole = 0;
    while (flipExp(1, 1, below)) whole++;
    const size = Math.floor((rest + t * whole) / s);
    const isNegative = below(2) === 1;
    // Zero would come up twice as often.
    if (!isNegative) return size;
    if (size > 0) return -size;
  }
}

/** True with probability exp(−a/b), for a from 0 to b: algorithm 1 there. */
function flipExp(a: number, b: number, below: RandomBelow): boolean {
  let k = 1;
  while (below(b * k) < a) k++;
  return k % 2 === 1;
}
