import type { EventType } from '@inkling/core';
import { CliError } from '../cli-error.ts';
import { type Database, literal } from './database.ts';
import type { Mapping, TimeUnit, Words } from './mapping.ts';
import { openTableSource, type TableSource } from './table-source.ts';

const EVENTS = [
  'view',
  'click',
  'dwell',
  'add_to_cart',
  'purchase',
  'search',
  'like',
  'dismiss',
  'less_like_this',
] as const satisfies readonly EventType[];

/** What the imported tables hold. */
export interface ImportedLog {
  /** Paths of the signals in columns c0, c1 … */
  readonly signals: readonly string[];
  /** Item fields in columns f0, f1 … */
  readonly fields: readonly string[];
  /** Between what cells say of the items of a list; undefined where a row is of one item. */
  readonly delimiter: string | undefined;
  /** Lists and events. Of neither where all rows were passed over. */
  readonly entries: number;
}

/** A value that a row must have, or it is refused. */
interface Rule {
  readonly column: string;
  /** SQL that is true where the value will do; NULL counts as true. */
  readonly holds: string;
  readonly expected: string;
  readonly found: string;
}

/** Between the parts of a fault. */
const UNIT = 'chr(31)';

/** Brings a log into the table `log`, one row for each of the file's, in its order and with these columns: seq from 0,
 * kind ('list', 'event', or NULL for a row passed over), list, visitor, time_ms, place, item, label,
 * propensity, act, c0 …, f0 ….
 * @throws CliError for the first row that is not what the mapping says */
export async function importLog(database: Database, file: string, mapping: Mapping): Promise<ImportedLog> {
  const source = await openTableSource(database, file);
  if (source.columns.length === 0) throw new CliError(file, '', 'at least one row', 'none');
  const plan = mapping.rows === 'totals' ? totalsPlan(source, mapping) : impressionsPlan(source, mapping);
  const signals = signalColumns(source, mapping);
  const fields = Object.entries(mapping.features);
  const delimiter = mapping.rows === 'lists' ? (mapping.delimiter ?? '|') : undefined;
  const fieldTexts = fields.map(([, column]) => source.text(column, delimiter));
  const rules = [...plan.rules, ...fieldRules(plan.columns.item ?? '', fields, fieldTexts, delimiter)];
  const columns = {
    ...plan.columns,
    ...Object.fromEntries(signals.map(({ sql }, index) => [`c${index}`, sql])),
    ...Object.fromEntries(fieldTexts.map((sql, index) => [`f${index}`, sql])),
    fault: faultOf(rules),
  };
  const list = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
  // A table keeps the order of the file, and counts its rows.
  await database
    .run(`CREATE TABLE imported AS SELECT ${list.join(', ')} FROM ${source.from}`)
    .catch(source.refuse);
  await refuseFaults(database, source);
  await database.run('CREATE VIEW log AS SELECT rowid AS seq, * EXCLUDE (fault) FROM imported');
  const [counted] = await database.rows('SELECT count(kind) AS entries FROM log');
  const entries = Number(counted?.entries);
  if (entries === 0) throw new CliError(file, '', 'at least one row', 'none');
  if (mapping.rows !== 'totals') await createLists(database, source, mapping.rows === 'lists');
  return {
    signals: signals.map(({ signal }) => signal),
    fields: fields.map(([field]) => field),
    delimiter,
    entries,
  };
}

interface Plan {
  readonly columns: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
}

function impressionsPlan(source: TableSource, mapping: Exclude<Mapping, { rows: 'totals' }>): Plan {
  const isLists = mapping.rows === 'lists';
  const delimiter = isLists ? (mapping.delimiter ?? '|') : undefined;
  const text = (column: string | undefined) =>
    column === undefined ? 'CAST(NULL AS VARCHAR)' : `nullif(${source.text(column, delimiter)}, '')`;
  const item = text(mapping.item);
  const list = text(mapping.list);
  const raw = typeof mapping.event === 'object' ? mapping.event.column : mapping.event;
  const type = mapping.event === undefined ? text(undefined) : wordsSql(text(raw), mapping.event);
  const isList = isLists ? `${item} IS NOT NULL` : `${list} IS NOT NULL`;
  const isEvent =
    typeof mapping.event === 'object' ? `NOT (${isList}) AND ${type} IS NOT NULL` : `NOT (${isList})`;
  const kind = `CASE WHEN ${isList} THEN 'list' WHEN ${isEvent} THEN 'event' END`;
  const time = text(mapping.time.column);
  const position = isLists ? undefined : mapping.position;
  const chosen = isLists ? mapping.chosen : undefined;
  const about = isLists ? (mapping.chosen ?? mapping.item) : mapping.item;
  const label = chosen === undefined ? text(mapping.label) : text(chosen);
  const propensity = text(mapping.propensity);
  const eventPlace = raw ?? '(the mapping names no event column)';
  const rules: Rule[] = [
    {
      column: mapping.time.column,
      holds: `${kind} IS NULL OR isfinite(${timeSql(time, mapping.time.unit)})`,
      expected: mapping.time.unit === 'iso' ? 'an ISO 8601 time' : 'a number',
      found: time,
    },
    {
      column: eventPlace,
      holds: `NOT (${isEvent}) OR coalesce(${type} IN (${EVENTS.map(literal).join(', ')}), false)`,
      expected: `one of ${EVENTS.join(', ')} in a row without a list`,
      found: text(raw),
    },
    {
      column: about,
      holds: `NOT (${isEvent}) OR ${text(about)} IS NOT NULL`,
      expected: 'an item',
      found: text(about),
    },
    {
      column: mapping.item,
      holds: `NOT (${isList}) OR ${item} IS NOT NULL`,
      expected: 'an item',
      found: item,
    },
  ];
  if (position !== undefined) {
    const value = text(position);
    const holds = `NOT (${isList}) OR ${finite(value)}`;
    rules.push({ column: position, holds, expected: 'a number', found: value });
  }
  if (mapping.propensity !== undefined) {
    const isShare = (value: string) => `coalesce(TRY_CAST(${value} AS DOUBLE) BETWEEN 1e-300 AND 1, false)`;
    const holds = isLists
      ? `len(list_filter(string_split(${propensity}, ${literal(delimiter as string)}), lambda x: NOT ${isShare('x')})) = 0`
      : isShare(propensity);
    rules.push(
      {
        column: mapping.propensity,
        holds: `NOT (${isList}) OR coalesce(${holds}, false)`,
        expected: 'a probability above 0, at most 1',
        found: propensity,
      },
      ...(isLists ? [alignment(mapping.propensity, propensity, item, delimiter as string)] : []),
    );
  }
  if (mapping.label !== undefined) {
    const cells = isLists ? `string_split(${label}, ${literal(delimiter as string)})` : `[${label}]`;
    const odd = `list_filter(${cells}, lambda x: NOT regexp_matches(lower(x), '^(|[01](\\.0)?|true|false)$'))`;
    rules.push({
      column: mapping.label,
      holds: `NOT (${isList}) OR coalesce(len(${odd}), 0) = 0`,
      expected: '0, 1, true or false',
      found: `${odd}[1]`,
    });
    if (isLists) rules.push(alignment(mapping.label, label, item, delimiter as string));
  }
  return {
    columns: {
      kind,
      list: list,
      visitor: text(mapping.visitor),
      time_ms: timeSql(time, mapping.time.unit),
      place: position === undefined ? 'CAST(NULL AS DOUBLE)' : `TRY_CAST(${text(position)} AS DOUBLE)`,
      item: `CASE WHEN ${isList} THEN ${item} ELSE ${text(about)} END`,
      label: isLists ? label : `regexp_matches(lower(${label}), '^(1|1\\.0|true)$')`,
      propensity: isLists ? propensity : `TRY_CAST(${propensity} AS DOUBLE)`,
      act: type,
    },
    rules,
  };
}

function totalsPlan(source: TableSource, mapping: Extract<Mapping, { rows: 'totals' }>): Plan {
  const count = (column: string) => `TRY_CAST(${source.text(column)} AS DOUBLE)`;
  const [shown, chosen] = [count(mapping.shown), count(mapping.chosen)];
  const item = `nullif(${source.text(mapping.item)}, '')`;
  return {
    columns: { kind: "'list'", item, shown, chosen },
    rules: [
      { column: mapping.item, holds: `${item} IS NOT NULL`, expected: 'an item', found: item },
      {
        column: mapping.shown,
        holds: `coalesce(${shown} >= 0 AND isfinite(${shown}), false)`,
        expected: 'a count',
        found: source.text(mapping.shown),
      },
      {
        column: mapping.chosen,
        holds: `coalesce(${chosen} BETWEEN 0 AND ${shown}, false)`,
        expected: `a count of at most column ${mapping.shown}`,
        found: source.text(mapping.chosen),
      },
    ],
  };
}

/** Cells of a list say something of as many items as it has. */
function alignment(column: string, text: string, item: string, delimiter: string): Rule {
  const count = (value: string) => `len(string_split(${value}, ${literal(delimiter)}))`;
  return {
    column,
    holds: `${item} IS NULL OR ${text} IS NULL OR ${count(text)} = ${count(item)}`,
    expected: 'something of each item of the list',
    found: `${count(text)} || ' for ' || ${count(item)} || ' items'`,
  };
}

function fieldRules(
  item: string,
  fields: readonly (readonly [string, string])[],
  texts: readonly string[],
  delimiter: string | undefined,
): readonly Rule[] {
  return fields.flatMap(([field, column], index): Rule[] => {
    const text = `nullif(${texts[index]}, '')`;
    const isPrice = field === 'price';
    if (delimiter === undefined) {
      if (!isPrice) return [];
      return [
        {
          column,
          holds: `kind <> 'list' OR ${text} IS NULL OR ${finite(text)}`,
          expected: 'a number',
          found: text,
        },
      ];
    }
    const odd = `list_filter(string_split(${text}, ${literal(delimiter)}), lambda x: x <> '' AND NOT ${finite('x')})`;
    const number: Rule = {
      column,
      holds: `coalesce(len(${odd}), 0) = 0`,
      expected: 'numbers',
      found: `${odd}[1]`,
    };
    return [
      alignment(column, text, `CASE WHEN kind = 'list' THEN ${item} END`, delimiter),
      ...(isPrice ? [number] : []),
    ];
  });
}

function signalColumns(source: TableSource, { context, contextKey }: Mapping) {
  const columns = Object.entries(context).map(([signal, words]) => {
    const column = typeof words === 'string' ? words : words.column;
    return { signal, sql: wordsSql(`nullif(${source.text(column)}, '')`, words) };
  });
  const parts = (contextKey?.signals ?? []).map((signal, index) => {
    const text = source.text((contextKey as { column: string }).column);
    return { signal, sql: `nullif(split_part(${text}, '|', ${index + 1}), '')` };
  });
  return [...columns, ...parts];
}

function wordsSql(text: string, words: Words): string {
  if (typeof words === 'string') return text;
  const cases = Object.entries(words.values).map(([from, to]) => `WHEN ${literal(from)} THEN ${literal(to)}`);
  return cases.length === 0 ? 'NULL' : `CASE ${text} ${cases.join(' ')} END`;
}

/** Epoch ms, a DOUBLE: JavaScript's own number. */
function timeSql(text: string, unit: TimeUnit): string {
  if (unit === 'iso') return `CAST(epoch_ms(TRY_CAST(${text} AS TIMESTAMPTZ)) AS DOUBLE)`;
  return `TRY_CAST(${text} AS DOUBLE) * ${{ s: 1000, ms: 1, h: 3_600_000 }[unit]}`;
}

function finite(text: string): string {
  return `coalesce(isfinite(TRY_CAST(${text} AS DOUBLE)), false)`;
}

function faultOf(rules: readonly Rule[]): string {
  const cases = rules.map(
    ({ column, holds, expected, found }) =>
      `WHEN NOT coalesce(${holds}, false) THEN concat_ws(${UNIT}, ${literal(column)}, ${literal(expected)}, coalesce(left(CAST(${found} AS VARCHAR), 60), ''))`,
  );
  return `CASE ${cases.join(' ')} END`;
}

async function refuseFaults(database: Database, { file, placeOf }: TableSource): Promise<void> {
  const [row] = await database.rows(
    'SELECT rowid AS seq, fault FROM imported WHERE fault IS NOT NULL ORDER BY rowid LIMIT 1',
  );
  if (!row) return;
  const [column = '', expected = '', found = ''] = String(row.fault).split('\x1f');
  const place = `${await placeOf(Number(row.seq))}, column ${column}`;
  throw new CliError(file, place, expected, JSON.stringify(found));
}

/** The table `lists`: of each named list the first row and time. Its rows need not stand together. */
async function createLists(
  database: Database,
  { file, placeOf }: TableSource,
  isWhole: boolean,
): Promise<void> {
  await database.run(
    `CREATE TABLE lists AS SELECT list, min(seq) AS entry, min(time_ms) AS time_ms, min(visitor) AS visitor,
      max(visitor) AS other, max(seq) AS last FROM log WHERE kind = 'list' AND list IS NOT NULL GROUP BY list`,
  );
  const [twice] = await database.rows(
    `SELECT list, visitor, other, last FROM lists WHERE visitor <> other ${isWhole ? 'OR last > entry' : ''}
      ORDER BY entry LIMIT 1`,
  );
  if (!twice) return;
  const place = await placeOf(Number(twice.last));
  if (isWhole) throw new CliError(file, place, `one row of list ${twice.list}`, 'another');
  throw new CliError(file, place, `one visitor of list ${twice.list}`, `${twice.visitor} and ${twice.other}`);
}
