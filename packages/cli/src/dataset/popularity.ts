import { digest } from '@inkling/core';
import type { Log, LoggedList } from '../log/log.ts';

const FOLDS = 5;
/** Impressions' worth of the mean that every item starts with. */
const PRIOR = 20;

export type Popularity = ReadonlyMap<string, number>;

/** Share of its impressions in which an item was chosen, shrunk towards the mean of all items. */
export function popularity(log: Log): Popularity {
  const counts = new Map<string, { shown: number; chosen: number }>();
  let shown = 0;
  let chosen = 0;
  for (const entry of log) {
    if (entry.kind !== 'list') continue;
    entry.items.forEach(({ id }, index) => {
      const count = counts.get(id) ?? { shown: 0, chosen: 0 };
      const label = entry.labels[index] as number;
      counts.set(id, { shown: count.shown + 1, chosen: count.chosen + label });
      shown++;
      chosen += label;
    });
  }
  const mean = shown > 0 ? chosen / shown : 0;
  return new Map(
    [...counts].map(([id, count]) => [id, (count.chosen + PRIOR * mean) / (count.shown + PRIOR)]),
  );
}

/** Popularity for training: each list sees only what visitors of the other folds chose, so that no label leaks into
 * its own features. */
export function crossFitted(log: Log): (id: string, list: LoggedList) => number | undefined {
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    popularity(log.filter((entry) => foldOf(entry.visitor) !== fold)),
  );
  return (id, list) => folds[foldOf(list.visitor)]?.get(id);
}

function foldOf(visitor: string): number {
  return Number.parseInt(digest(visitor).slice(0, 8), 16) % FOLDS;
}
