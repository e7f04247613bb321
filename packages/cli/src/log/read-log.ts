import type { ContextPatch, EventType, Item } from '@inkling/core';
import { CliError } from '../cli-error.ts';
import type { Log, LoggedEvent, LoggedList } from './log.ts';
import type { Mapping } from './mapping.ts';
import { readTable, type TableRow } from './read-table.ts';

const EVENTS: readonly string[] = [
  'view',
  'click',
  'dwell',
  'add_to_cart',
  'purchase',
  'search',
  'like',
  'dismiss',
  'less_like_this',
];

interface Impression {
  readonly row: TableRow;
  readonly item: Item;
  readonly label: number;
  readonly position: number;
  readonly propensity: number;
}

/** Reads impressions and events as the mapping says, in time order.
 * @param catalog what is known of the items beside the log's own columns
 * @throws CliError naming file, line and column */
export async function readLog(
  file: string,
  mapping: Mapping,
  catalog: ReadonlyMap<string, Item> = new Map(),
): Promise<Log> {
  const log: (LoggedList | LoggedEvent)[] = [];
  const seen = new Set<string>();
  const read = cellsOf(file, mapping);
  let open: { readonly id: string; readonly rows: Impression[] } | undefined;
  const close = () => {
    if (open) log.push(toList(open.id, open.rows, mapping, read));
    open = undefined;
  };
  for await (const row of readTable(file)) {
    const id = read.text(row, mapping.list);
    if (id === '') {
      close();
      log.push(toEvent(file, row, mapping, read));
      continue;
    }
    if (open?.id !== id) {
      close();
      if (seen.has(id))
        throw new CliError(file, `line ${row.line}`, `the rows of list ${id} together`, 'them apart');
      seen.add(id);
      open = { id, rows: [] };
    }
    open.rows.push(toImpression(row, mapping, read, catalog));
  }
  close();
  if (log.length === 0) throw new CliError(file, '', 'at least one row', 'none');
  return log.sort((a, b) => a.at - b.at);
}

type Cells = ReturnType<typeof cellsOf>;

function cellsOf(file: string, mapping: Mapping) {
  const text = (row: TableRow, column: string): string => {
    const value = row.cells[column];
    if (value === undefined) {
      const columns = Object.keys(row.cells).join(', ');
      throw new CliError(file, `line ${row.line}`, `a column ${column}`, `the columns ${columns}`);
    }
    return value === null ? '' : Array.isArray(value) ? value.join('|') : String(value);
  };
  const number = (row: TableRow, column: string): number => {
    const value = text(row, column);
    const parsed = Number(value);
    if (value === '' || !Number.isFinite(parsed)) {
      throw new CliError(file, `line ${row.line}, column ${column}`, 'a number', JSON.stringify(value));
    }
    return parsed;
  };
  const time = (row: TableRow): number => {
    const { column, unit } = mapping.time;
    if (unit !== 'iso') return number(row, column) * (unit === 's' ? 1000 : 1);
    const parsed = Date.parse(text(row, column));
    if (Number.isNaN(parsed)) {
      const found = JSON.stringify(text(row, column));
      throw new CliError(file, `line ${row.line}, column ${column}`, 'an ISO 8601 time', found);
    }
    return parsed;
  };
  const context = (row: TableRow): ContextPatch => {
    const patch: Record<string, Record<string, unknown>> = {};
    for (const [path, column] of Object.entries(mapping.context)) {
      const [area, field] = path.split('.') as [string, string];
      const value = text(row, column);
      patch[area] = { ...patch[area], [field]: value === '' ? 'unknown' : typed(value) };
    }
    return patch;
  };
  return { text, number, time, context };
}

function toImpression(
  row: TableRow,
  mapping: Mapping,
  read: Cells,
  catalog: ReadonlyMap<string, Item>,
): Impression {
  const id = read.text(row, mapping.item);
  const fields: Record<string, unknown> = {};
  const attributes: Record<string, string | number | boolean> = {};
  for (const [field, column] of Object.entries(mapping.features)) {
    const value = read.text(row, column);
    if (value === '') continue;
    if (field === 'tags') fields.tags = value.split('|');
    else if (field === 'price') fields.price = read.number(row, column);
    else attributes[field] = typed(value);
  }
  const known = catalog.get(id);
  return {
    row,
    item: { ...known, ...fields, id, attributes: { ...known?.attributes, ...attributes } },
    label: /^(1|true)$/i.test(read.text(row, mapping.label)) ? 1 : 0,
    position: mapping.position === undefined ? 0 : read.number(row, mapping.position),
    propensity: mapping.propensity === undefined ? 1 : read.number(row, mapping.propensity),
  };
}

function toList(id: string, rows: Impression[], mapping: Mapping, read: Cells): LoggedList {
  rows.sort((a, b) => a.position - b.position);
  const first = (rows[0] as Impression).row;
  return {
    kind: 'list',
    id,
    visitor: read.text(first, mapping.visitor),
    at: read.time(first),
    context: read.context(first),
    items: rows.map(({ item }) => item),
    labels: rows.map(({ label }) => label),
    ...(mapping.position !== undefined && { positions: rows.map(({ position }) => position) }),
    ...(mapping.propensity !== undefined && { propensities: rows.map(({ propensity }) => propensity) }),
    propensity: rows.find(({ label }) => label)?.propensity ?? 1,
  };
}

function toEvent(file: string, row: TableRow, mapping: Mapping, read: Cells): LoggedEvent {
  const type = mapping.event === undefined ? '' : read.text(row, mapping.event);
  if (!EVENTS.includes(type)) {
    const place = `line ${row.line}, column ${mapping.event ?? '(the mapping names no event column)'}`;
    throw new CliError(
      file,
      place,
      `one of ${EVENTS.join(', ')} in a row without a list`,
      JSON.stringify(type),
    );
  }
  return {
    kind: 'event',
    visitor: read.text(row, mapping.visitor),
    at: read.time(row),
    // Checked just above.
    type: type as EventType,
    item: read.text(row, mapping.item),
  };
}

/** Cells of a CSV are text; what reads as a number or a truth value is one. */
function typed(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}
