import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { createLogFolder, csv, HEADER, itemRows } from './log.fixture.ts';
import { readLog } from './read-log.ts';

const folder = createLogFolder();
afterAll(folder.remove);

const ROWS = [
  'l1,v1,kettle,0,20,1,1,,rain,39.5,coffee|kitchen,all',
  'l1,v1,boots,1,20,0,0.5,,rain,,,winter',
  ',v1,boots,,10,,,view,,,,',
];
const LOG = [
  { kind: 'event', visitor: 'v1', at: 10_000, type: 'view', item: 'boots' },
  {
    kind: 'list',
    id: 'l1',
    visitor: 'v1',
    at: 20_000,
    row: 0,
    context: { weather: { condition: 'rain' } },
    items: [
      { id: 'boots', attributes: { season: 'winter' } },
      { id: 'kettle', price: 39.5, tags: ['coffee', 'kitchen'], attributes: { season: 'all' } },
    ],
    labels: [1, 0],
    positions: [0, 1],
    propensities: [0.5, 1],
    propensity: 0.5,
  },
];

test('impressions and events, in time order, from csv, tsv, ndjson and parquet alike, plain or packed', async () => {
  const plain = folder.write('log.csv', csv(...ROWS));
  expect(await readLog(plain, itemRows)).toEqual(LOG);
  expect(await readLog(folder.write('log.csv.gz', gzipSync(csv(...ROWS))), itemRows)).toEqual(LOG);
  const windows = `\uFEFF${csv(...ROWS).replaceAll('\n', '\r\n')}`;
  expect(await readLog(folder.write('[log] *.csv', windows), itemRows)).toEqual(LOG);
  expect(await readLog(folder.write('log.tsv', csv(...ROWS).replaceAll(',', '\t')), itemRows)).toEqual(LOG);
  expect(await readLog(folder.write('semi.csv', csv(...ROWS).replaceAll(',', ';')), itemRows)).toEqual(LOG);
  const names = HEADER.split(',');
  const lines = ROWS.map((row) => {
    const cells = row.split(',').map((cell) => (cell.includes('|') ? cell.split('|') : cell || null));
    return JSON.stringify(Object.fromEntries(names.map((name, index) => [name, cells[index]])));
  });
  expect(await readLog(folder.write('log.ndjson', lines.join('\n')), itemRows)).toEqual(LOG);
  const database = await openDatabase();
  await database.run(
    `COPY (SELECT * REPLACE (string_split(tags, '|') AS tags, CAST(chosen AS DOUBLE) AS chosen)
      FROM read_csv('${plain}')) TO '${join(folder.path, 'log.parquet')}'`,
  );
  await database.close();
  expect(await readLog(join(folder.path, 'log.parquet'), itemRows)).toEqual(LOG);
});

test('the catalog adds what the log does not say', async () => {
  const file = folder.write('known.csv', csv('l1,v1,kettle,1,20,0,1,,rain,12,,'));
  const catalog = new Map([['kettle', { id: 'kettle', price: 99, tags: ['coffee'], title: 'Kettle' }]]);
  const [list] = await readLog(file, itemRows, catalog);
  expect(list).toMatchObject({ items: [{ id: 'kettle', price: 12, tags: ['coffee'], title: 'Kettle' }] });
});

test('rows of a list are put together wherever they stand; who has no name is nobody else', async () => {
  const rows = ['l1,v,a,0,1,0,1,,,,,', 'l2,,c,1,1,0,1,,,,,', 'l1,v,b,1,2,1,1,,,,,', 'l3,,c,1,3,0,1,,,,,'];
  const log = await readLog(folder.write('apart.csv', csv(...rows)), itemRows);
  const shown = log.map((entry) => entry.kind === 'list' && [entry.items.map(({ id }) => id), entry.at]);
  expect(shown).toEqual([
    [['a', 'b'], 1000],
    [['c'], 1000],
    [['c'], 3000],
  ]);
  expect(new Set(log.map(({ visitor }) => visitor)).size).toBe(3);
});

test('nothing stays in the temp folder, whether a log was read or refused', async () => {
  const mine = () =>
    readdirSync(tmpdir()).filter((name) => name.startsWith('inkling.') && name.includes(`.${process.pid}.`));
  await readLog(folder.write('clean.csv', csv(...ROWS)), itemRows);
  await expect(readLog(folder.write('dirty.csv', csv('l1')), itemRows)).rejects.toThrow('expected 12 cells');
  expect(mine()).toEqual([]);
});
