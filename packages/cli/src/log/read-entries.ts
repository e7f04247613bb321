import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import type { EventType, Item } from '@inkling/core';
import type { Database } from './database.ts';
import type { ImportedLog } from './import-log.ts';
import { contextOf, type ItemReader, itemReader } from './item-reader.ts';
import type { LogEntry, LogOrder } from './log.ts';

const COLUMNS = [
  'entry',
  'visitor',
  'time_ms',
  'kind',
  'list',
  'act',
  'item',
  'label',
  'place',
  'propensity',
] as const;
type Column = (typeof COLUMNS)[number];

/** Reads the cell of a column in the present row. */
type Cell = (column: Column) => DuckDBValue;

interface Shown {
  readonly items: Item[];
  readonly labels: number[];
  positions?: number[];
  propensities?: number[];
  propensity: number;
}

export interface ReadEntries {
  readonly catalog: ReadonlyMap<string, Item>;
  readonly order: LogOrder;
  /** Whether `label` names the chosen items. */
  readonly namesChosen: boolean;
}

/** The lists and events of an imported log. */
export async function* readEntries(
  database: Database,
  { signals, fields, delimiter }: ImportedLog,
  { catalog, order, namesChosen }: ReadEntries,
): AsyncGenerator<LogEntry> {
  const extra = [...signals.map((_, i) => `c${i}`), ...fields.map((_, i) => `f${i}`)];
  const sorted = order === 'visitor' ? 'visitor, time_ms, entry' : 'time_ms, entry';
  const rows = database.stream(
    `SELECT ${[...COLUMNS, ...extra].join(', ')} FROM entries ORDER BY ${sorted}, place, seq`,
    `entries_by_${order}`,
  );
  const toItem = itemReader(fields, catalog);
  let open: (LogEntry & { kind: 'list' } & Shown) | undefined;
  let openEntry = -1;
  for await (const chunk of rows) {
    const vectors = columnsOf(chunk);
    for (let row = 0; row < chunk.rowCount; row++) {
      const cell: Cell = (column) => (vectors[COLUMNS.indexOf(column)] as Vector).getItem(row);
      const said = (from: number, count: number) =>
        vectors.slice(from, from + count).map((vector) => vector.getItem(row) as string | null);
      const entry = Number(cell('entry'));
      if (open && openEntry !== entry) {
        yield open;
        open = undefined;
      }
      const visitor = cell('visitor') as string;
      const at = cell('time_ms') as number;
      if (cell('kind') === 'event') {
        yield { kind: 'event', visitor, at, type: cell('act') as EventType, item: cell('item') as string };
        continue;
      }
      if (!open) {
        const id = (cell('list') as string | null) ?? String(entry + 1);
        const context = contextOf(signals, said(COLUMNS.length, signals.length));
        open = { kind: 'list', id, visitor, at, row: entry, context, items: [], labels: [], propensity: 1 };
        openEntry = entry;
      }
      const values = said(COLUMNS.length + signals.length, fields.length);
      if (delimiter === undefined) addItem(open, cell, values, toItem);
      else addItems(open, cell, values, { toItem, delimiter, namesChosen });
    }
  }
  if (open) yield open;
}

type Vector = ReturnType<DuckDBDataChunk['getColumnVector']>;

function columnsOf(chunk: DuckDBDataChunk): readonly Vector[] {
  return Array.from({ length: chunk.columnCount }, (_, index) => chunk.getColumnVector(index));
}

function addItem(shown: Shown, cell: Cell, values: readonly (string | null)[], toItem: ItemReader): void {
  const isChosen = cell('label') === true;
  const place = cell('place') as number | null;
  const propensity = cell('propensity') as number | null;
  // A log states them of every row or of none.
  if (place !== null) shown.positions = added(shown.positions, place);
  if (propensity !== null) shown.propensities = added(shown.propensities, propensity);
  // Of several chosen items the first one shown.
  if (isChosen && !shown.labels.includes(1)) shown.propensity = propensity ?? 1;
  shown.items.push(toItem(cell('item') as string, values));
  shown.labels.push(Number(isChosen));
}

function added(values: number[] | undefined, value: number): number[] {
  if (values === undefined) return [value];
  values.push(value);
  return values;
}

interface Cells {
  readonly toItem: ItemReader;
  readonly delimiter: string;
  readonly namesChosen: boolean;
}

function addItems(
  shown: Shown,
  cell: Cell,
  values: readonly (string | null)[],
  { toItem, delimiter, namesChosen }: Cells,
): void {
  const split = (text: DuckDBValue) => (typeof text === 'string' ? text.split(delimiter) : []);
  const ids = split(cell('item'));
  const columns = values.map(split);
  const labels = split(cell('label'));
  ids.forEach((id, index) => {
    shown.items.push(
      toItem(
        id,
        columns.map((column) => column[index] ?? null),
      ),
    );
    const isChosen = namesChosen ? labels.includes(id) : /^(1|1\.0|true)$/i.test(labels[index] ?? '');
    shown.labels.push(Number(isChosen));
  });
  const propensity = cell('propensity');
  if (propensity === null) return;
  shown.propensities = split(propensity).map(Number);
  shown.propensity = shown.propensities[shown.labels.indexOf(1)] ?? 1;
}
