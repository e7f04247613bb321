import { type Item, isSensitive } from '@inkling/core';
import type { Log, LoggedEvent, LoggedList } from './log.ts';

/** The log as if sensitive items had never been shown: without events on them and without their rows in lists. A list
 * whose choice was one of them is left out, as what remains was not chosen among.
 * @param sensitive tags; a log row's own count as well as the catalog's */
export function dropSensitive(
  log: Log,
  sensitive: ReadonlySet<string>,
  catalog: ReadonlyMap<string, Item> = new Map(),
): Log {
  const hidden = new Set<string>();
  const note = (item: Item) => isSensitive(item, sensitive) && hidden.add(item.id);
  for (const item of catalog.values()) note(item);
  for (const entry of log) if (entry.kind === 'list') entry.items.forEach(note);
  if (hidden.size === 0) return log;
  return log.flatMap((entry: LoggedEvent | LoggedList): Log => {
    if (entry.kind === 'event') return hidden.has(entry.item) ? [] : [entry];
    const rows = [...entry.items.keys()].filter((row) => !hidden.has((entry.items[row] as Item).id));
    const left = <T>(values: readonly T[]) => rows.map((row) => values[row] as T);
    const { positions, propensities } = entry;
    const labels = left(entry.labels);
    const lost = entry.labels.some(Boolean) && !labels.some(Boolean);
    if (lost || rows.length === 0) return [];
    return [
      {
        ...entry,
        items: left(entry.items),
        labels,
        ...(positions && { positions: left(positions) }),
        ...(propensities && { propensities: left(propensities) }),
      },
    ];
  });
}
