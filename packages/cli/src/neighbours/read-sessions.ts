import type { NeighbourKind } from '@inkling/core';
import { CliError } from '../cli-error.ts';
import { readTable, type TableRow } from '../log/read-table.ts';
import type { EventsMapping } from './events-mapping.ts';
import type { Sessions } from './sessions.ts';

const EVENTS: Readonly<Record<NeighbourKind, readonly string[]>> = {
  bought: ['purchase'],
  viewed: ['view', 'click'],
};

interface Visit {
  readonly items: number[];
  readonly times: number[];
}

/** Reads the visits of a log of events: the events of a session in the order of their times, equal times as they stand in
 * the file.
 * @throws CliError naming file, line and column */
export async function readSessions(
  file: string,
  mapping: EventsMapping,
  kind: NeighbourKind,
): Promise<Sessions> {
  const visits = new Map<string, Visit>();
  const places = new Map<string, number>();
  for await (const row of readTable(file)) {
    if (mapping.event !== undefined && !EVENTS[kind].includes(textOf(file, row, mapping.event))) continue;
    const session = filled(file, row, mapping.session);
    const item = filled(file, row, mapping.item);
    const place = places.get(item) ?? places.size;
    places.set(item, place);
    const visit = visits.get(session) ?? { items: [], times: [] };
    visits.set(session, visit);
    visit.items.push(place);
    visit.times.push(timeOf(file, row, mapping));
  }
  if (visits.size === 0) {
    const events = EVENTS[kind].join(' or ');
    throw new CliError(file, '', mapping.event ? `rows whose ${mapping.event} is ${events}` : 'rows', 'none');
  }
  const sessions = [...visits.values()].map(({ items, times }) => {
    const order = [...items.keys()].sort((a, b) => (times[a] as number) - (times[b] as number));
    return { items: order.map((i) => items[i] as number), at: times[order.at(-1) as number] as number };
  });
  return { ids: [...places.keys()], sessions: sessions.sort((a, b) => a.at - b.at) };
}

function textOf(file: string, { line, cells }: TableRow, column: string): string {
  const value = cells[column];
  if (value !== undefined && value !== null) return String(value);
  if (value === null) return '';
  const columns = Object.keys(cells).join(', ');
  throw new CliError(file, `line ${line}`, `a column ${column}`, `the columns ${columns}`);
}

function filled(file: string, row: TableRow, column: string): string {
  const text = textOf(file, row, column);
  if (text === '') throw new CliError(file, `line ${row.line}, column ${column}`, 'an id', 'nothing');
  return text;
}

function timeOf(file: string, row: TableRow, { time: { column, unit } }: EventsMapping): number {
  const text = textOf(file, row, column);
  const value = unit === 'iso' ? Date.parse(text) : text === '' ? NaN : Number(text);
  if (Number.isFinite(value)) return unit === 's' ? value * 1000 : value;
  const expected = unit === 'iso' ? 'an ISO 8601 time' : 'a number';
  throw new CliError(file, `line ${row.line}, column ${column}`, expected, JSON.stringify(text));
}
