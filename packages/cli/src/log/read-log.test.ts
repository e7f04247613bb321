import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Mapping } from './mapping.ts';
import { readLog } from './read-log.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-log-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const mapping: Mapping = {
  format: 1,
  list: 'list',
  visitor: 'who',
  item: 'item',
  label: 'chosen',
  time: { column: 'at', unit: 's' },
  position: 'place',
  propensity: 'p',
  event: 'type',
  context: { 'weather.condition': 'sky' },
  features: { price: 'price', tags: 'tags', season: 'season' },
};
const HEADER = 'list,who,item,chosen,at,place,p,type,sky,price,tags,season';
const write = (name: string, content: string | Uint8Array) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
const csv = (...rows: readonly string[]) => [HEADER, ...rows].join('\n');

test('impressions and events, in time order, from csv, csv.gz and ndjson alike', async () => {
  const rows = [
    'l1,v1,kettle,0,20,1,1,,rain,39.5,coffee|kitchen,all',
    'l1,v1,boots,1,20,0,0.5,,rain,,,winter',
    ',v1,boots,,10,,,view,,,,',
  ];
  const plain = write('log.csv', csv(...rows));
  const log = await readLog(plain, mapping);
  expect(log).toEqual([
    { kind: 'event', visitor: 'v1', at: 10_000, type: 'view', item: 'boots' },
    {
      kind: 'list',
      id: 'l1',
      visitor: 'v1',
      at: 20_000,
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
  ]);
  expect(await readLog(write('log.csv.gz', gzipSync(csv(...rows))), mapping)).toEqual(log);
  const names = HEADER.split(',');
  const lines = rows.map((row) => {
    const cells = row.split(',');
    return JSON.stringify(Object.fromEntries(names.map((name, index) => [name, cells[index]])));
  });
  expect(await readLog(write('log.ndjson', lines.join('\n')), mapping)).toEqual(log);
});

test('the catalog adds what the log does not say', async () => {
  const file = write('known.csv', csv('l1,v1,kettle,1,20,0,1,,rain,12,,'));
  const catalog = new Map([['kettle', { id: 'kettle', price: 99, tags: ['coffee'], title: 'Kettle' }]]);
  const [list] = await readLog(file, mapping, catalog);
  expect(list).toMatchObject({ items: [{ id: 'kettle', price: 12, tags: ['coffee'], title: 'Kettle' }] });
});

test.each([
  [
    'a missing column',
    'a.csv',
    'list,who\nl1,v1',
    /a\.csv: line 2: expected a column item, found the columns list, who/,
  ],
  [
    'a time that is no number',
    'b.csv',
    csv('l1,v1,kettle,0,noon,0,1,,,,,'),
    /b\.csv: line 2, column at: expected a number, found "noon"/,
  ],
  [
    'a list whose rows are apart',
    'c.csv',
    csv('l1,v,a,0,1,0,1,,,,,', 'l2,v,a,0,1,0,1,,,,,', 'l1,v,b,0,1,1,1,,,,,'),
    /c\.csv: line 4: expected the rows of list l1 together, found them apart/,
  ],
  [
    'an event of an unknown type',
    'd.csv',
    csv(',v1,kettle,,1,,,teleport,,,,'),
    /d\.csv: line 2, column type: expected one of view, .* found "teleport"/,
  ],
  ['a header alone', 'e.csv', HEADER, /e\.csv: expected at least one row, found none/],
  [
    'a line that is no JSON',
    'f.ndjson',
    '{"list":',
    /f\.ndjson: line 1: expected a JSON object, found \{"list":/,
  ],
  [
    'a row of the wrong width',
    'g.csv',
    csv('l1,v1'),
    /g\.csv: expected CSV with a header line, found .*line 2/,
  ],
  ['an unknown ending', 'h.xls', '', /h\.xls: expected a name ending in \.csv, \.ndjson or \.jsonl/],
])('%s is refused, naming the place', async (_, name, content, message) => {
  await expect(readLog(write(name, content), mapping)).rejects.toThrow(message);
});

test('a file that is not there, and one that only claims to be gzip', async () => {
  await expect(readLog(join(folder, 'none.csv'), mapping)).rejects.toThrow(
    /expected a readable file, found no such file/,
  );
  await expect(readLog(write('fake.csv.gz', csv('l1,v1,a,0,1,0,1,,,,,')), mapping)).rejects.toThrow(
    /fake\.csv\.gz: expected/,
  );
  await expect(readLog(write('fake.ndjson.gz', '{}'), mapping)).rejects.toThrow(
    /fake\.ndjson\.gz: line 1: expected readable text, found incorrect header/,
  );
});
