import type { EventType } from '@inkling/core';
import { literal } from './database.ts';
import type { Mapping, TimeUnit, Words } from './mapping.ts';
import { alignment, finite, type Rule } from './rule.ts';
import type { TableSource } from './table-source.ts';

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

/** What becomes of a row: SQL for each column of the imported table, and what must hold. */
export interface Plan {
  readonly columns: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
}

export function impressionsPlan(source: TableSource, mapping: Exclude<Mapping, { rows: 'totals' }>): Plan {
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
      // IN makes a join of so many words, and a join does not keep the order of the rows.
      holds: `NOT (${isEvent}) OR coalesce(list_contains([${EVENTS.map(literal).join(', ')}], ${type}), false)`,
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

export function totalsPlan(source: TableSource, mapping: Extract<Mapping, { rows: 'totals' }>): Plan {
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

/** What must hold of the item fields. */
export function fieldRules(
  { kind = '', item = '' }: Plan['columns'],
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
          holds: `${kind} <> 'list' OR ${text} IS NULL OR ${finite(text)}`,
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
      alignment(column, text, `CASE WHEN ${kind} = 'list' THEN ${item} END`, delimiter),
      ...(isPrice ? [number] : []),
    ];
  });
}

/** The signals of the context, and SQL for the text of each. */
export function signalColumns(
  source: TableSource,
  { context, contextKey }: Mapping,
): readonly { readonly signal: string; readonly sql: string }[] {
  const columns = Object.entries(context).map(([signal, words]) => {
    const column = typeof words === 'string' ? words : words.column;
    return { signal, sql: wordsSql(`nullif(${source.text(column)}, '')`, words) };
  });
  if (!contextKey) return columns;
  const { column, signals, delimiter = '|' } = contextKey;
  const parts = signals.map((signal, index) => {
    return {
      signal,
      sql: `nullif(split_part(${source.text(column)}, ${literal(delimiter)}, ${index + 1}), '')`,
    };
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
