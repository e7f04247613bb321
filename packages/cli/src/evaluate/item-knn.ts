import type { Profile } from '@inkling/core';
import type { Log } from '../log/log.ts';

/** A visitor who touched more items than this counts with the latest of them only. */
const MOST_ITEMS = 50;

/** Scores an item by how near it is to what the visitor touched. */
export type ItemNeighbours = (id: string, recents: Profile['recents']) => number;

/** The item-to-item baseline (Sarwar et al., WWW 2001; Linden, Smith and York, IEEE Internet Computing 7(1), 2003): the
 * cosine of two items' visitors, summed over the visitor's recent items. Learnt from events and choices of a log. */
export function itemNeighbours(log: Log): ItemNeighbours {
  const baskets = new Map<string, Set<string>>();
  for (const entry of log) {
    const basket = baskets.get(entry.visitor) ?? new Set();
    baskets.set(entry.visitor, basket);
    for (const id of touchedIn(entry)) {
      // Last touched, last in the set.
      basket.delete(id);
      basket.add(id);
    }
  }
  const counts = new Map<string, number>();
  const pairs = new Map<string, Map<string, number>>();
  for (const basket of baskets.values()) {
    const items = [...basket].slice(-MOST_ITEMS);
    for (const a of items) {
      increase(counts, a);
      const row = pairs.get(a) ?? new Map<string, number>();
      pairs.set(a, row);
      for (const b of items) if (a !== b) increase(row, b);
    }
  }
  return (id, recents) => {
    const row = pairs.get(id);
    if (!row) return 0;
    const own = counts.get(id) as number;
    return recents.reduce((sum, recent) => {
      const together = row.get(recent.id);
      return together ? sum + together / Math.sqrt(own * (counts.get(recent.id) as number)) : sum;
    }, 0);
  };
}

function touchedIn(entry: Log[number]): readonly string[] {
  if (entry.kind === 'event') return [entry.item];
  return entry.items.filter((_, index) => entry.labels[index]).map(({ id }) => id);
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
