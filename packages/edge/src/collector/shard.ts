import type { CellKey, TotalsCell } from '@inkling/core/totals';
import type { AggregatorCalls } from './aggregator-calls.ts';
import type { AggregatorStorage } from './aggregator-storage.ts';
import { dayOf, startOf } from './day.ts';
import { ALL_MOMENTS, type CellTotals } from './release.ts';

/** How long a batch that comes again is known: longer than a browser goes on trying. */
const KNOWN_MS = 48 * 3_600_000;
/** After which totals that nobody asked for are deleted. */
export const TOTALS_DAYS = 30;
/** Cells, sums included, that one day may have in one shard: those who make names up fill no disk. */
const MOST_CELLS = 10_000;

type Shard = Pick<AggregatorCalls, 'count' | 'seal' | 'forget'> & {
  /** What is done when a day is over. @param now epoch ms */
  close(now: number): Promise<void>;
};

/** Counts the batches of a part of all browsers. Keeps ids and counts, never which count came from whom. */
export function createShard(storage: AggregatorStorage): Shard {
  const { sql } = storage;
  let isArmed = false;

  const numberOf = (query: string, ...bindings: readonly (string | number)[]) =>
    Number(Object.values(sql.exec(query, ...bindings).toArray()[0] ?? {})[0] ?? -1);
  const openDay = (now: number) => Math.max(dayOf(now), numberOf('SELECT MAX(day) FROM sealed') + 1);
  const hasCell = (day: number, cell: string) =>
    numberOf('SELECT COUNT(*) FROM cells WHERE day = ? AND cell = ?', day, cell) > 0;

  /** The alarm closes the day, also where no request ever comes again. */
  async function arm(now: number): Promise<void> {
    if (!isArmed && (await storage.getAlarm()) === null) await storage.setAlarm(startOf(dayOf(now) + 1));
    isArmed = true;
  }

  return {
    async count({ report: { batch, cells }, now }) {
      await arm(now);
      return storage.transactionSync(() => {
        if (numberOf('SELECT COUNT(*) FROM batches WHERE id = ?', batch) > 0) return 'known';
        const day = openDay(now);
        const counts = [...withSums(cells)];
        const added = counts.filter(([cell]) => !hasCell(day, cell)).length;
        if (added > 0 && numberOf('SELECT COUNT(*) FROM cells WHERE day = ?', day) + added > MOST_CELLS) {
          return 'full';
        }
        sql.exec('INSERT INTO batches VALUES (?, ?)', batch, now);
        for (const [cell, [exposures, rewards]] of counts) {
          sql.exec(
            `INSERT INTO cells VALUES (?, ?, 1, ?, ?) ON CONFLICT DO UPDATE SET batches = batches + 1,
              exposures = exposures + excluded.exposures, rewards = rewards + excluded.rewards`,
            ...[day, cell, exposures, rewards],
          );
        }
        return 'counted';
      });
    },
    seal({ day, now }) {
      if (dayOf(now) <= day) return null;
      sql.exec('INSERT OR IGNORE INTO sealed VALUES (?)', day);
      return sql
        .exec('SELECT cell, batches, exposures, rewards FROM cells WHERE day = ? ORDER BY cell', day)
        .toArray()
        .map(({ cell, batches, exposures, rewards }) => ({
          // Written above.
          cell: JSON.parse(String(cell)) as CellKey,
          batches: Number(batches),
          exposures: Number(exposures),
          rewards: Number(rewards),
        })) satisfies CellTotals[];
    },
    forget({ day }) {
      sql.exec('DELETE FROM cells WHERE day = ?', day);
    },
    async close(now) {
      const today = dayOf(now);
      storage.transactionSync(() => {
        sql.exec('INSERT OR IGNORE INTO sealed VALUES (?)', today - 1);
        sql.exec('DELETE FROM sealed WHERE day < (SELECT MAX(day) FROM sealed)');
        sql.exec('DELETE FROM batches WHERE at <= ?', now - KNOWN_MS);
        sql.exec('DELETE FROM cells WHERE day < ?', today - TOTALS_DAYS);
      });
      isArmed = false;
      const isInUse = numberOf('SELECT COUNT(*) FROM batches') + numberOf('SELECT COUNT(*) FROM cells') > 0;
      if (isInUse) await arm(now);
    },
  };
}

export function createShardTables({ sql }: AggregatorStorage): void {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS batches (id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS cells (day INTEGER, cell TEXT, batches INTEGER NOT NULL, exposures INTEGER NOT NULL,
      rewards INTEGER NOT NULL, PRIMARY KEY (day, cell)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS sealed (day INTEGER PRIMARY KEY);`);
}

/** A batch's cells, and the sums over moments that they are in, each once. */
function withSums(cells: readonly TotalsCell[]): ReadonlyMap<string, readonly [number, number]> {
  const counts = new Map<string, readonly [number, number]>();
  for (const [version, slot, arm, variation, moment, exposures, rewards] of cells) {
    for (const each of [moment, ALL_MOMENTS]) {
      const cell = JSON.stringify([version, slot, arm, variation, each] satisfies CellKey);
      const [seen, rewarded] = counts.get(cell) ?? [0, 0];
      counts.set(cell, [seen + exposures, rewarded + rewards]);
    }
  }
  return counts;
}
