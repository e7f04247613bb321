import { prng } from '@inkling/core';
import type { Example } from './build-dataset.ts';

/** One list as the numbers a ranker learns from. */
export interface EncodedList {
  readonly visitor: string;
  /** f32[items × width]; the ids of an embedding stand in its columns as whole numbers. */
  readonly features: Float32Array;
  /** One for each item: 1 where it was chosen; of totals the share of times that it was. */
  readonly labels: ArrayLike<number>;
  /** What its choice counts for: the inverse of its propensity. Above 0. */
  readonly weight: number;
}

/** Lists that can be read as often as there are epochs, wherever they are kept. */
export interface EncodedLists {
  readonly width: number;
  readonly count: number;
  /** How many visitors they are of, where they were counted as the lists came. */
  readonly visitors?: number;
  /** Every list once, in batches of `size` (the last one may be smaller). @param order the same text gives the same order */
  batches(size: number, order: string): AsyncIterable<readonly EncodedList[]>;
}

/** A choice that was rarely possible counts for at most this many. */
const MAX_WEIGHT = 10;

/** What a trainer learns from an example. */
export function encodedList({ list, features }: Example): EncodedList {
  const { visitor, labels, propensity, weight = 1 } = list;
  return { visitor, features, labels, weight: weight * Math.min(1 / propensity, MAX_WEIGHT) };
}

export function encodedInMemory(width: number, examples: readonly Example[]): EncodedLists {
  const lists = examples.map(encodedList);
  return {
    width,
    count: lists.length,
    async *batches(size, order) {
      const shuffled = shuffle(lists, prng(order, 'order'));
      for (let start = 0; start < shuffled.length; start += size) yield shuffled.slice(start, start + size);
    },
  };
}

/** Fisher and Yates (Knuth, TAOCP 2, algorithm P). @param random whole numbers from 0 to 2³² - 1 */
export function shuffle<T>(values: readonly T[], random: () => number): readonly T[] {
  const copy = [...values];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random() % (i + 1);
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}
