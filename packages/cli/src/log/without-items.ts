import type { Item } from '@inkling/core';
import type { LogEntry } from './log.ts';

/** One entry without events on hidden items and without their rows in a list. A list whose choice was one of them is left
 * out, as what remains was not chosen among. */
export function withoutItems(entry: LogEntry, hidden: ReadonlySet<string>): readonly LogEntry[] {
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
}
