import type { Profile } from '@inkling/core';
import type { Log, LogEntry } from '../log/log.ts';

/** A visitor who touched more items than this counts with the latest of them only. */
const MOST_ITEMS = 50;
/** Neighbours kept of an item. */
const NEAREST = 100;

/** How near items are to what a visitor touched, by id; an item that is not named is not near. */
export type ItemNeighbours = (recents: Profile['recents']) => ReadonlyMap<string, number>;

/** The item-to-item baseline (Sarwar et al., WWW 2001; Linden, Smith and York, IEEE Internet Computing 7(1), 2003): the
 * cosine of two items' visitors, over the hundred nearest of each, summed over the visitor's recent items. Learnt from
 * events and choices of a log. */
export function itemNeighbours(log: Log): ItemNeighbours {
  const baskets = new Map<string, Basket>();
  for (const entry of log) {
    const basket = baskets.get(entry.visitor) ?? new Set();
    baskets.set(entry.visitor, basket);
    touch(basket, entry);
  }
  const pairs = createPairs();
  for (const basket of baskets.values()) pairs.add(basket);
  return pairs.finish();
}

/** The same of a log that comes visitor by visitor. Memory holds what one of them touched, and the pairs of items. */
export async function itemNeighboursFrom(entries: AsyncIterable<LogEntry>): Promise<ItemNeighbours> {
  const pairs = createPairs();
  let visitor: string | undefined;
  let basket: Basket = new Set();
  for await (const entry of entries) {
    if (entry.visitor !== visitor) {
      pairs.add(basket);
      visitor = entry.visitor;
      basket = new Set();
    }
    touch(basket, entry);
  }
  pairs.add(basket);
  return pairs.finish();
}

/** What one visitor touched, the latest last. */
type Basket = Set<string>;

function touch(basket: Basket, entry: LogEntry): void {
  for (const id of touchedIn(entry)) {
    basket.delete(id);
    basket.add(id);
  }
}

function createPairs(): { add(basket: Basket): void; finish(): ItemNeighbours } {
  const counts = new Map<string, number>();
  const pairs = new Map<string, Map<string, number>>();
  return {
    add(basket) {
      const items = [...basket].slice(-MOST_ITEMS);
      for (const a of items) {
        increase(counts, a);
        const row = pairs.get(a) ?? new Map<string, number>();
        pairs.set(a, row);
        for (const b of items) if (a !== b) increase(row, b);
      }
    },
    finish() {
      const count = (id: string) => counts.get(id) as number;
      const nearest = new Map(
        [...pairs].map(([a, row]) => {
          const cosines = [...row].map(([b, both]) => [b, both / Math.sqrt(count(a) * count(b))] as const);
          // By name where they are as near, so that the order of the visitors says nothing.
          const sorted = cosines.sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
          return [a, sorted.slice(0, NEAREST)];
        }),
      );
      return nearnessIn(nearest);
    },
  };
}

function nearnessIn(nearest: ReadonlyMap<string, readonly (readonly [string, number])[]>): ItemNeighbours {
  return (recents) => {
    const scores = new Map<string, number>();
    for (const { id } of recents) {
      for (const [other, cosine] of nearest.get(id) ?? []) {
        scores.set(other, (scores.get(other) ?? 0) + cosine);
      }
    }
    return scores;
  };
}

function touchedIn(entry: LogEntry): readonly string[] {
  if (entry.kind === 'event') return [entry.item];
  return entry.items.filter((_, index) => entry.labels[index]).map(({ id }) => id);
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
