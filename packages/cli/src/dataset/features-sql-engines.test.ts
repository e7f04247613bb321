import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { literal } from '../log/database.ts';
import { createLogFolder, plainRows, randomPlainRows } from '../log/log.fixture.ts';
import { openLog } from '../log/open-log.ts';
import { featuresSql } from './features-sql.ts';

const TABLES = {
  impressions: {
    ...{ list: 'BIGINT', visitor: 'VARCHAR(40)', time_ms: 'DOUBLE PRECISION', seq: 'BIGINT' },
    ...{ position: 'BIGINT', item: 'VARCHAR(40)', chosen: 'INTEGER' },
  },
  events: {
    ...{ visitor: 'VARCHAR(40)', time_ms: 'DOUBLE PRECISION', seq: 'BIGINT' },
    ...{ act: 'VARCHAR(40)', item: 'VARCHAR(40)' },
  },
} as const;
type Table = keyof typeof TABLES;
type Row = readonly SQLInputValue[];

const folder = createLogFolder();
/** What the tables hold, and what DuckDB makes of them. */
const tables: Record<Table, readonly Row[]> = { impressions: [], events: [] };
let expected: readonly Row[] = [];
beforeAll(async () => {
  const opened = await openLog(folder.write('log.csv', randomPlainRows()), plainRows);
  const read = async (sql: string): Promise<readonly Row[]> =>
    (await opened.database.rows(sql)).map((row) =>
      Object.values(row).map((value) =>
        typeof value === 'bigint' ? Number(value) : (value as SQLInputValue),
      ),
    );
  for (const table of ['impressions', 'events'] as const) {
    tables[table] = await read(`SELECT ${Object.keys(TABLES[table]).join(', ')} FROM ${table}`);
  }
  expected = await read(featuresSql);
  await opened.close();
});
afterAll(folder.remove);

const created = (table: Table) =>
  `CREATE TABLE ${table} (${Object.entries(TABLES[table])
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})`;

test('SQLite says the same, given the two functions that it lacks', () => {
  const sqlite = new DatabaseSync(':memory:');
  sqlite.function('MD5', (text) => createHash('md5').update(String(text)).digest('hex'));
  sqlite.function('ASCII', (text) => String(text).charCodeAt(0));
  for (const table of ['impressions', 'events'] as const) {
    sqlite.exec(created(table));
    const places = Object.keys(TABLES[table]).map(() => '?');
    const insert = sqlite.prepare(`INSERT INTO ${table} VALUES (${places.join(', ')})`);
    for (const row of tables[table]) insert.run(...row);
  }
  const rows = sqlite.prepare(featuresSql).all();
  sqlite.close();
  expect(expected.length).toBeGreaterThan(1000);
  expect(rows.map((row) => Object.values(row))).toEqual(expected);
});

const POSTGRES = process.env.INKLING_POSTGRES;

test.skipIf(!POSTGRES)(
  `PostgreSQL says the same${POSTGRES ? '' : ': INKLING_POSTGRES names no server'}`,
  () => {
    const values = (table: Table) =>
      tables[table].map((row) => `(${row.map((cell) => literal(String(cell))).join(', ')})`).join(', ');
    const script = [
      ...(['impressions', 'events'] as const).flatMap((table) => [
        created(table).replace('TABLE', 'TEMPORARY TABLE'),
        `INSERT INTO ${table} VALUES ${values(table)}`,
      ]),
      featuresSql,
    ].join(';\n');
    const { stdout, stderr } = spawnSync(
      'psql',
      ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1', POSTGRES as string],
      { input: script, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('|'));
    expect(rows).toHaveLength(expected.length);
    rows.forEach((row, index) => {
      for (const [column, cell] of (expected[index] as Row).entries()) {
        const said = row[column];
        if (cell === null || typeof cell === 'string') expect(said).toBe(cell ?? '');
        // Its fractions are decimal.
        else expect(Number(said)).toBeCloseTo(Number(cell), 12);
      }
    });
  },
);
