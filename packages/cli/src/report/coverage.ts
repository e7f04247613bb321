import type { Item } from '@inkling/core';
import { rankBy } from '../evaluate/metrics.ts';
import type { LoggedList } from '../log/log.ts';

/** How much of what could be shown is shown, by how far down a visitor looks. */
export interface ListCoverage {
  readonly name: string;
  readonly points: readonly { readonly k: number; readonly share: number }[];
}

const DEPTHS = [1, 2, 3, 5, 10, 20];

export interface CoverageMeter {
  /** @param scores one for each item of the list */
  add(list: LoggedList, scores: ArrayLike<number>): void;
  finish(): readonly ListCoverage[];
}

/** Share of all items that stand among the first k of some list (Ge, Delgado-Battenfeld and Jannach, RecSys 2010), for the
 * ranker's order and the displayed one. */
export function createCoverage(): CoverageMeter {
  const items = new Set<string>();
  const curves = ['ranker', 'displayed'].map((name) => ({
    name,
    seen: DEPTHS.map((k) => ({ k, ids: new Set<string>() })),
  }));
  let longest = 0;
  return {
    add(list, scores) {
      longest = Math.max(longest, list.items.length);
      for (const { id } of list.items) items.add(id);
      for (const { name, seen } of curves) {
        const order = name === 'ranker' ? rankBy(scores) : [...list.items.keys()];
        const ids = order.map((index) => (list.items[index] as Item).id);
        for (const depth of seen) for (const id of ids.slice(0, depth.k)) depth.ids.add(id);
      }
    },
    finish: () =>
      curves.map(({ name, seen }) => ({
        name,
        points: seen
          .filter(({ k }) => k <= longest)
          .map(({ k, ids }) => ({ k, share: ids.size / Math.max(1, items.size) })),
      })),
  };
}
