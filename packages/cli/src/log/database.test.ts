import { existsSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { EnvironmentError } from '../environment-error.ts';
import { openDatabase } from './database.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const SORTED = 'SELECT md5(range::VARCHAR) AS text, range AS number FROM range(400000) ORDER BY text';
const limitOf = "SELECT current_setting('memory_limit') AS memory";

test('what does not fit is sorted with more memory, which is given back', async () => {
  const database = await openDatabase({ memoryBytes: 4_000_000 });
  const idle = await database.rows(limitOf);
  let [rows, last, isSorted] = [0, '', true];
  for await (const chunk of database.stream(SORTED)) {
    for (const [text] of chunk.getRows() as [string][]) {
      isSorted &&= last <= text;
      last = text;
      rows++;
    }
  }
  expect([rows, isSorted]).toEqual([400_000, true]);
  const limits = [idle, await database.rows(limitOf)].map(([row]) => Number.parseFloat(String(row?.memory)));
  // In the units of DuckDB: what statements may use is asked by one.
  expect(limits[1]).toBeGreaterThan(limits[0] as number);
  await database.close();
  expect(existsSync(database.folder)).toBe(false);
});

test('where the machine has no more memory, that is said', async () => {
  vi.spyOn(process, 'availableMemory').mockReturnValue(5_000_000);
  const database = await openDatabase({ memoryBytes: 4_000_000 });
  await expect(database.run(`CREATE TABLE sorted AS ${SORTED}`)).rejects.toThrow(EnvironmentError);
  await database.close();
});

test('a result that is kept is made once', async () => {
  const database = await openDatabase();
  const numbers = async (sql: string) => {
    const found: unknown[] = [];
    for await (const chunk of database.stream(sql, 'numbers')) found.push(...chunk.getRows().flat());
    return found;
  };
  expect(await numbers('SELECT range FROM range(3)')).toEqual([0n, 1n, 2n]);
  expect(await numbers('SELECT range FROM range(5)')).toEqual([0n, 1n, 2n]);
  await database.close();
});

test('rows are added while other statements run, also wide ones', async () => {
  const database = await openDatabase({ memoryBytes: 8_000_000 });
  const columns = Array.from({ length: 100 }, (_, index) => `c${index}`);
  await database.run(`CREATE TABLE wide (${columns.map((name) => `${name} DOUBLE`).join(', ')})`);
  const table = await database.appender(
    'wide',
    columns.map(() => 'DOUBLE'),
  );
  for (let row = 0; row < 30_000; row++) {
    if (row === 10_000) await database.run('CREATE TABLE other AS SELECT 1 AS one');
    table.add(columns.map((_, column) => row + column / 128));
  }
  await table.close();
  const [counted] = await database.rows('SELECT count(*) AS rows, max(c99) AS most FROM wide');
  expect(counted).toEqual({ rows: 30_000n, most: 29_999 + 99 / 128 });
  await database.close();
});
