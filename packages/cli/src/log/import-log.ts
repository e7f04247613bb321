import { CliError } from '../cli-error.ts';
import type { Database } from './database.ts';
import { fieldRules, impressionsPlan, signalColumns, totalsPlan } from './import-plan.ts';
import type { Mapping } from './mapping.ts';
import { faultOf } from './rule.ts';
import { openTableSource, type TableSource } from './table-source.ts';

/** What the imported tables hold. */
export interface ImportedLog {
  /** Paths of the signals in columns c0, c1 … */
  readonly signals: readonly string[];
  /** Item fields in columns f0, f1 … */
  readonly fields: readonly string[];
  /** Between what cells say of the items of a list; undefined where a row is of one item. */
  readonly delimiter: string | undefined;
}

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
  const rules = [...plan.rules, ...fieldRules(plan.columns, fields, fieldTexts, delimiter)];
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
  if (Number(counted?.entries) === 0) throw new CliError(file, '', 'at least one row', 'none');
  if (mapping.rows !== 'totals') await createLists(database, source, mapping.rows === 'lists');
  return {
    signals: signals.map(({ signal }) => signal),
    fields: fields.map(([field]) => field),
    delimiter,
  };
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
