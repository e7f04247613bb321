import type { Prng } from '@inkling/core';

/** 0 up to but not including 1. */
export function uniformFrom(random: Prng): number {
  return random() / 2 ** 32;
}

/** Standard normal numbers by the transform of Box and Muller. */
export function gaussianFrom(random: Prng): () => number {
  return () =>
    Math.sqrt(-2 * Math.log(1 - uniformFrom(random))) * Math.cos(2 * Math.PI * uniformFrom(random));
}
