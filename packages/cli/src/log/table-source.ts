import { CliError } from '../cli-error.ts';
import { EnvironmentError } from '../environment-error.ts';
import { type Database, literal, quoted } from './database.ts';
import { brokenLineOf, LONGEST_ROW, lineOf, openSourceFile, type SourceFile } from './source-file.ts';

/** A file as DuckDB reads it. */
export interface TableSource {
  readonly file: string;
  readonly columns: readonly string[];
  /** What stands behind FROM. */
  readonly from: string;
  /** SQL for a column's text; lists are joined by the delimiter. NULL where there is none. @throws CliError */
  text(column: string, delimiter?: string): string;
  /** Where a row stands, from 0: `line 7`, of a Parquet file `row 5`. */
  placeOf(row: number): Promise<string>;
  /** What an error of DuckDB means for this file. */
  refuse(cause: unknown): Promise<never>;
}

/** Rows of NDJSON whose keys are its columns. */
const KEY_ROWS = 100_000;

/** @throws CliError for a file that cannot be read */
export async function openTableSource(database: Database, file: string): Promise<TableSource> {
  const source = await openSourceFile(file);
  const isMissing = (column: string, columns: readonly string[]) =>
    new CliError(
      file,
      source.format === 'parquet' ? '' : 'line 1',
      `a column ${column}`,
      `the columns ${columns.join(', ')}`,
    );
  const common = {
    file,
    async placeOf(row: number) {
      return source.format === 'parquet' ? `row ${row + 1}` : `line ${await lineOf(source, row)}`;
    },
    refuse: (cause: unknown) => refuseFile(source, cause),
  };
  const opened = await openFormat(database, source).catch(common.refuse);
  return {
    ...common,
    ...opened,
    text(column, delimiter = '|') {
      if (!opened.columns.includes(column)) throw isMissing(column, opened.columns);
      return opened.text(quoted(column), literal(delimiter), column);
    },
  };
}

interface Opened {
  readonly columns: readonly string[];
  readonly from: string;
  text(name: string, delimiter: string, column: string): string;
}

async function openFormat(database: Database, source: SourceFile): Promise<Opened> {
  // DuckDB would take these for a pattern of several names.
  const path = literal(source.file.replace(/[[*?]/g, '[$&]'));
  if (source.format === 'parquet') {
    const from = `read_parquet(${path})`;
    const described = await database.rows(`DESCRIBE SELECT * FROM ${from}`);
    const types = new Map(described.map((row) => [String(row.column_name), String(row.column_type)]));
    return {
      columns: [...types.keys()],
      from,
      text: (name, delimiter, column) =>
        types.get(column)?.endsWith('[]') ? joined(name, delimiter) : `CAST(${name} AS VARCHAR)`,
    };
  }
  if (source.format === 'ndjson') {
    const columns = await keysOf(database, path);
    const list = columns.map((name) => `${literal(name)}: 'JSON'`).join(', ');
    return {
      columns,
      from: `read_json(${path}, format = 'newline_delimited', records = true, auto_detect = false, maximum_object_size = ${LONGEST_ROW}, columns = {${list}})`,
      text: (name, delimiter) =>
        `CASE json_type(${name}) WHEN 'ARRAY' THEN ${joined(name, delimiter)} ELSE ${name} ->> '$' END`,
    };
  }
  const separator = separatorOf(source);
  const columns = headerOf(source, separator);
  const list = columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return {
    columns,
    from: `read_csv(${path}, auto_detect = false, header = true, delim = ${literal(separator)}, quote = '"', escape = '"', max_line_size = ${LONGEST_ROW}, buffer_size = ${2 * LONGEST_ROW}, columns = {${list}})`,
    text: (name) => name,
  };
}

function joined(name: string, delimiter: string): string {
  return `array_to_string(list_transform(CAST(${name} AS VARCHAR[]), lambda x: coalesce(x, '')), ${delimiter})`;
}

/** The columns of NDJSON are the keys of its first rows. */
async function keysOf(database: Database, path: string): Promise<readonly string[]> {
  const objects = `read_ndjson_objects(${path}, maximum_object_size = ${LONGEST_ROW})`;
  const rows = await database.rows(
    `SELECT key FROM (SELECT unnest(keys) AS key, generate_subscripts(keys, 1) AS place
      FROM (SELECT json_keys(json) AS keys FROM ${objects} LIMIT ${KEY_ROWS}))
      GROUP BY key ORDER BY min(place), key`,
  );
  return rows.map(({ key }) => String(key));
}

/** Some spreadsheets write semicolons, where the comma is for decimals. */
function separatorOf({ format, head }: SourceFile): string {
  return format === 'tsv' ? '\t' : head.includes(';') && !head.includes(',') ? ';' : ',';
}

/** Names of a CSV's first line. An empty one is named for its place, as DuckDB would. */
function headerOf({ file, head }: SourceFile, separator: string): readonly string[] {
  if (head === '') throw new CliError(file, '', 'a header line', 'an empty file');
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}]*))(${separator}|$)`, 'g');
  const names: string[] = [];
  for (const [, quotedName, plain, end] of head.matchAll(cell)) {
    names.push((quotedName?.replaceAll('""', '"') ?? plain) || `column${names.length}`);
    if (end === '') break;
  }
  // DuckDB does not tell upper from lower case.
  const lower = names.map((name) => name.toLowerCase());
  const twice = names.find((_, index) => lower.indexOf(lower[index] as string) < index);
  if (twice !== undefined)
    throw new CliError(file, 'line 1', 'columns of different names', `two named ${twice}`);
  return names;
}

/** Says in the words of CliError what DuckDB found. */
async function refuseFile(source: SourceFile, cause: unknown): Promise<never> {
  if (cause instanceof CliError || cause instanceof EnvironmentError) throw cause;
  const { file, format } = source;
  const text = cause instanceof Error ? cause.message : String(cause);
  const line = /on Line: (\d+)/.exec(text)?.[1];
  const place = line ? `line ${line}` : '';
  const width = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  if (width) throw new CliError(file, place, `${width[1]} cells`, String(width[2]));
  if (/unterminated quote/.test(text)) {
    throw new CliError(file, place, 'a closing quote', 'none');
  }
  if (/not utf-8|Invalid unicode/i.test(text)) throw new CliError(file, place, 'UTF-8 text', 'other bytes');
  if (/Malformed JSON|Expected OBJECT/.test(text)) {
    const broken = await brokenLineOf(source);
    throw new CliError(file, `line ${broken.line}`, 'a JSON object', broken.text.slice(0, 60));
  }
  const name = format === 'parquet' ? 'a Parquet file' : `${format.toUpperCase()} whose lines end alike`;
  throw new CliError(file, place, name, (text.split('\n')[0] ?? '').replace(/^[\w ]+ Error: /, ''));
}
