/** A small seeded generator (mulberry32) for test data, so that a failure repeats. */
export interface Random {
  /** 0 up to but not including 1. */
  next(): number;
  /** 0 up to but not including `below`. */
  integer(below: number): number;
  /** That many, about normally distributed. */
  floats(count: number): Float32Array;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    integer: (below) => Math.floor(next() * below),
    floats: (count) => Float32Array.from({ length: count }, () => next() + next() + next() + next() - 2),
  };
}
