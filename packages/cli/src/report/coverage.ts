import type { Scorer } from '@inkling/core';
import type { Example } from '../dataset/build-dataset.ts';
import { rankBy } from '../evaluate/metrics.ts';

/** How much of what could be shown is shown, by how far down a visitor looks. */
export interface ListCoverage {
  readonly name: string;
  readonly points: readonly { readonly k: number; readonly share: number }[];
}

const DEPTHS = [1, 2, 3, 5, 10, 20];

/** Share of all items that stand among the first k of some list (Ge, Delgado-Battenfeld and Jannach, RecSys 2010), for the
 * ranker's order and the displayed one. */
export function coverageByDepth(examples: readonly Example[], scorer: Scorer): readonly ListCoverage[] {
  const items = new Set(examples.flatMap(({ list }) => list.items.map(({ id }) => id)));
  const longest = examples.reduce((length, { list }) => Math.max(length, list.items.length), 0);
  const depths = DEPTHS.filter((k) => k <= longest);
  const curve = (name: string, order: (example: Example) => readonly number[]): ListCoverage => {
    const orders = examples.map((example) => order(example).map((index) => example.list.items[index]?.id));
    return {
      name,
      points: depths.map((k) => ({
        k,
        share: new Set(orders.flatMap((ids) => ids.slice(0, k))).size / Math.max(1, items.size),
      })),
    };
  };
  return [
    curve('ranker', ({ list, features }) => rankBy(scorer(features, list.items.length))),
    curve('displayed', ({ list }) => [...list.items.keys()]),
  ];
}
