import type { Item } from '@inkling/core';
import type { Database } from './database.ts';
import type { ImportedLog } from './import-log.ts';
import { contextOf, itemReader } from './item-reader.ts';
import type { LoggedList } from './log.ts';

/** Impressions' worth of the mean that every share starts with. */
const PRIOR = 20;

/** The view `all_impressions` of imported totals: what one context says of one item, its own visitor. */
export async function createTotals(database: Database, { signals, fields }: ImportedLog): Promise<void> {
  const context = signals.map((_, index) => `c${index}`);
  const key = context.map((name) => `coalesce(${name}, '')`).join(" || '|' || ");
  const said = [...context, ...fields.map((_, index) => `f${index}`)];
  await database.run(
    `CREATE VIEW all_impressions AS SELECT key AS list, key AS visitor, item, min(seq) AS seq, sum(shown) AS shown,
      sum(chosen) AS chosen ${said.map((name) => `, arg_max(${name}, seq) AS ${name}`).join('')}
      FROM (SELECT *, ${key || "''"} AS key FROM log) GROUP BY key, item`,
  );
  await database.run(
    "CREATE VIEW all_events AS SELECT '' AS visitor, 0 AS time_ms, 0 AS seq, '' AS act, '' AS item WHERE false",
  );
}

/** Totals as lists: of each context one, with all that was shown there. An item's label is the share of times that it
 * was chosen, shrunk to the mean, and 0 where it never was; the list's weight are its choices, 1 on average. Totals know
 * no visitor: each context stands for one, without a past. */
export async function* readTotals(
  database: Database,
  { signals, fields }: ImportedLog,
  catalog: ReadonlyMap<string, Item>,
): AsyncGenerator<LoggedList> {
  const [all] = await database.rows(
    'SELECT sum(shown) AS shown, sum(chosen) AS chosen, count(DISTINCT list) AS contexts FROM impressions',
  );
  const mean = Number(all?.chosen) / Math.max(Number(all?.shown), 1);
  const choices = Number(all?.chosen) / Number(all?.contexts);
  const toItem = itemReader(fields, catalog);
  let open: (LoggedList & { items: Item[]; labels: number[]; weight: number }) | undefined;
  const cells = [...signals.map((_, index) => `c${index}`), ...fields.map((_, index) => `f${index}`)];
  const columns = ['list', 'item', 'shown', 'chosen', ...cells].join(', ');
  for await (const chunk of database.stream(`SELECT ${columns} FROM impressions ORDER BY list, item`)) {
    for (const row of chunk.getRows()) {
      const [id, item, shown, chosen] = row as [string, string, number, number];
      const said = row.slice(4) as (string | null)[];
      if (open?.id !== id) {
        if (open) yield open;
        const context = contextOf(signals, said);
        open = {
          kind: 'list',
          id,
          visitor: id,
          at: 0,
          context,
          items: [],
          labels: [],
          propensity: 1,
          weight: 0,
        };
      }
      open.items.push(toItem(item, said.slice(signals.length)));
      open.labels.push(chosen > 0 ? (chosen + PRIOR * mean) / (shown + PRIOR) : 0);
      open.weight += chosen / choices;
    }
  }
  if (open) yield open;
}
