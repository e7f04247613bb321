import { type Item, isSensitive } from '@inkling/core';
import { createViews, hideItems } from './create-views.ts';
import { type Database, type DatabaseOptions, literal, openDatabase } from './database.ts';
import { type ImportedLog, importLog } from './import-log.ts';
import { itemReader } from './item-reader.ts';
import type { LogEntry, LogOrder } from './log.ts';
import type { Mapping } from './mapping.ts';
import { readEntries } from './read-entries.ts';
import { createTotals, readTotals } from './read-totals.ts';
import { withoutItems } from './without-items.ts';

/** A log on disk, to be read as often as needed. */
export interface OpenedLog {
  /** Its views `impressions` and `events` are what the feature SQL reads. */
  readonly database: Database;
  /** Whether it was read from totals, which know no single list. */
  readonly isTotals: boolean;
  /** What is known of items beside the lists that show them: the catalog, with the tags that the log says. */
  readonly items: ReadonlyMap<string, Item>;
  entries(order: LogOrder): AsyncGenerator<LogEntry>;
  /** Removes what was on disk. */
  close(): Promise<void>;
}

export interface OpenLogOptions extends DatabaseOptions {
  /** What is known of the items beside the log's own columns. */
  readonly catalog?: ReadonlyMap<string, Item>;
  /** Tags of items of which nothing may be learnt. @default none */
  readonly sensitive?: ReadonlySet<string>;
}

/** Opens a log of any size: memory holds neither its rows nor its visitors, but its items.
 * @throws CliError naming file, line and column */
export async function openLog(
  file: string,
  mapping: Mapping,
  { catalog = new Map(), sensitive = new Set(), ...options }: OpenLogOptions = {},
): Promise<OpenedLog> {
  const database = await openDatabase(options);
  try {
    const imported = await importLog(database, file, mapping);
    const namesChosen = mapping.rows === 'lists' && mapping.chosen !== undefined;
    const isTotals = mapping.rows === 'totals';
    if (isTotals) await createTotals(database, imported);
    else await createViews(database, imported, namesChosen);
    const items = await knownItems(database, imported, catalog);
    const hidden = await hiddenItems(database, imported, { items, sensitive });
    await hideItems(database, hidden);
    return {
      database,
      isTotals,
      items,
      async *entries(order) {
        const entries = isTotals
          ? readTotals(database, imported, catalog)
          : readEntries(database, imported, { catalog, order, namesChosen });
        for await (const entry of entries) yield* hidden.size === 0 ? [entry] : withoutItems(entry, hidden);
      },
      close: database.close,
    };
  } catch (cause) {
    await database.close();
    throw cause;
  }
}

/** Of an item whose tags the log says, those of its last row. */
async function knownItems(
  database: Database,
  { fields }: ImportedLog,
  catalog: ReadonlyMap<string, Item>,
): Promise<ReadonlyMap<string, Item>> {
  const index = fields.indexOf('tags');
  if (index < 0) return catalog;
  const toItem = itemReader(['tags'], catalog);
  const items = new Map(catalog);
  const last = `SELECT item, arg_max(f${index}, seq) AS tags FROM all_impressions WHERE f${index} <> '' GROUP BY item`;
  for await (const chunk of database.stream(last)) {
    for (const [id, tags] of chunk.getRows() as [string, string][]) items.set(id, toItem(id, [tags]));
  }
  return items;
}

/** Whoever says that an item is sensitive, the catalog or one row of the log, it is. */
async function hiddenItems(
  database: Database,
  { fields }: ImportedLog,
  {
    items,
    sensitive,
  }: { readonly items: ReadonlyMap<string, Item>; readonly sensitive: ReadonlySet<string> },
): Promise<ReadonlySet<string>> {
  const hidden = new Set(
    [...items.values()].filter((item) => isSensitive(item, sensitive)).map(({ id }) => id),
  );
  const index = fields.indexOf('tags');
  if (index < 0 || sensitive.size === 0) return hidden;
  const tags = [...sensitive].map(literal).join(', ');
  const rows = await database.rows(
    `SELECT DISTINCT item FROM all_impressions WHERE list_has_any(string_split(f${index}, '|'), [${tags}])`,
  );
  for (const { item } of rows) hidden.add(String(item));
  return hidden;
}
