import type { AggregatorCalls } from './aggregator-calls.ts';
import type { AggregatorStorage } from './aggregator-storage.ts';
import { randomBelow } from './discrete-laplace.ts';
import { type ReleasedCell, releaseCells } from './release.ts';

/** Days for which what was released can be asked for again. */
const RELEASED_DAYS = 400;

/** Keeps what was released, so that asking again gives the same numbers and no average takes the noise off. */
export function createReleaseStore(
  storage: AggregatorStorage,
): Pick<AggregatorCalls, 'released' | 'release'> {
  const { sql } = storage;
  const released = (day: number) => {
    if (sql.exec('SELECT day FROM releases WHERE day = ?', day).toArray().length === 0) return null;
    return (
      sql
        .exec('SELECT cell FROM released WHERE day = ? ORDER BY place', day)
        .toArray()
        // Written below.
        .map(({ cell }) => JSON.parse(String(cell)) as ReleasedCell)
    );
  };
  return {
    released: ({ day }) => released(day),
    release: ({ day, totals, rule }) =>
      storage.transactionSync(() => {
        const kept = released(day);
        if (kept) return kept;
        const cells = releaseCells(totals, rule, randomBelow(cryptoWord));
        for (const table of ['releases', 'released']) {
          sql.exec(`DELETE FROM ${table} WHERE day < ?`, day - RELEASED_DAYS);
        }
        sql.exec('INSERT INTO releases VALUES (?)', day);
        // One row for each cell: a value has a most size.
        cells.forEach((cell, place) => {
          sql.exec('INSERT INTO released VALUES (?, ?, ?)', day, place, JSON.stringify(cell));
        });
        return cells;
      }),
  };
}

export function createReleaseTables({ sql }: AggregatorStorage): void {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS releases (day INTEGER PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS released (day INTEGER, place INTEGER, cell TEXT NOT NULL,
      PRIMARY KEY (day, place)) WITHOUT ROWID;`);
}

function cryptoWord(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
