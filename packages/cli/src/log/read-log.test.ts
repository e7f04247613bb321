import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import type { ItemRows, ListRows, Mapping, TotalRows } from './mapping.ts';
import { openLog } from './open-log.ts';
import { readLog } from './read-log.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-log-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const mapping: ItemRows = {
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
  const plain = write('log.csv', csv(...ROWS));
  expect(await readLog(plain, mapping)).toEqual(LOG);
  expect(await readLog(write('log.csv.gz', gzipSync(csv(...ROWS))), mapping)).toEqual(LOG);
  const windows = `\uFEFF${csv(...ROWS).replaceAll('\n', '\r\n')}`;
  expect(await readLog(write('[log] *.csv', windows), mapping)).toEqual(LOG);
  expect(await readLog(write('log.tsv', csv(...ROWS).replaceAll(',', '\t')), mapping)).toEqual(LOG);
  expect(await readLog(write('semi.csv', csv(...ROWS).replaceAll(',', ';')), mapping)).toEqual(LOG);
  const names = HEADER.split(',');
  const lines = ROWS.map((row) => {
    const cells = row.split(',').map((cell) => (cell.includes('|') ? cell.split('|') : cell || null));
    return JSON.stringify(Object.fromEntries(names.map((name, index) => [name, cells[index]])));
  });
  expect(await readLog(write('log.ndjson', lines.join('\n')), mapping)).toEqual(LOG);
  const database = await openDatabase();
  await database.run(
    `COPY (SELECT * REPLACE (string_split(tags, '|') AS tags, CAST(chosen AS DOUBLE) AS chosen)
      FROM read_csv('${plain}')) TO '${join(folder, 'log.parquet')}'`,
  );
  await database.close();
  expect(await readLog(join(folder, 'log.parquet'), mapping)).toEqual(LOG);
});

test('the catalog adds what the log does not say', async () => {
  const file = write('known.csv', csv('l1,v1,kettle,1,20,0,1,,rain,12,,'));
  const catalog = new Map([['kettle', { id: 'kettle', price: 99, tags: ['coffee'], title: 'Kettle' }]]);
  const [list] = await readLog(file, mapping, catalog);
  expect(list).toMatchObject({ items: [{ id: 'kettle', price: 12, tags: ['coffee'], title: 'Kettle' }] });
});

test('rows of a list are put together wherever they stand; who has no name is nobody else', async () => {
  const rows = ['l1,v,a,0,1,0,1,,,,,', 'l2,,c,1,1,0,1,,,,,', 'l1,v,b,1,2,1,1,,,,,', 'l3,,c,1,3,0,1,,,,,'];
  const log = await readLog(write('apart.csv', csv(...rows)), mapping);
  const shown = log.map((entry) => entry.kind === 'list' && [entry.items.map(({ id }) => id), entry.at]);
  expect(shown).toEqual([
    [['a', 'b'], 1000],
    [['c'], 1000],
    [['c'], 3000],
  ]);
  expect(new Set(log.map(({ visitor }) => visitor)).size).toBe(3);
});

const lists: ListRows = {
  format: 1,
  rows: 'lists',
  visitor: 'who',
  item: 'shown',
  chosen: 'about',
  time: { column: 'at', unit: 'iso' },
  event: { column: 'act', values: { look: 'view' } },
  context: { 'device.form': { column: 'device', values: { mobile: 'phone' } } },
  features: { price: 'prices' },
};

test('a row for each list, with what is said of its items between delimiters; words are translated', async () => {
  const rows = [
    'who,act,at,about,shown,prices,device',
    'v,look,2024-05-01T10:00:00+02:00,b,,,mobile',
    'v,filter,2024-05-01T08:00:01,rain,,,mobile',
    'v,take,2024-05-01T08:00:02Z,b,a|b|c,5||7,mobile',
    'v,take,2024-05-01T08:00:03Z,,a,5,toaster',
  ];
  const at = Date.UTC(2024, 4, 1, 8);
  const list = { kind: 'list', visitor: 'v', propensity: 1 };
  expect(await readLog(write('lists.csv', rows.join('\n')), lists)).toEqual([
    { kind: 'event', visitor: 'v', at, type: 'view', item: 'b' },
    {
      ...list,
      id: '3',
      at: at + 2000,
      context: { device: { form: 'phone' } },
      items: [
        { id: 'a', price: 5, attributes: {} },
        { id: 'b', attributes: {} },
        { id: 'c', price: 7, attributes: {} },
      ],
      labels: [0, 1, 0],
    },
    {
      ...list,
      id: '4',
      at: at + 3000,
      context: { device: { form: 'unknown' } },
      items: [{ id: 'a', price: 5, attributes: {} }],
      labels: [0],
    },
  ]);
});

test('research impressions: no visitor, a context key, a propensity and a reward for each candidate', async () => {
  const research: ListRows = {
    format: 1,
    rows: 'lists',
    item: 'candidates',
    label: 'rewards',
    propensity: 'propensities',
    time: { column: 'hour', unit: 'h' },
    context: {},
    contextKey: { column: 'key', signals: ['device.form', 'weather.condition'] },
    features: {},
  };
  const rows = [
    {
      key: 'phone|rain',
      slot: 'grid',
      candidates: ['a', 'b'],
      propensities: [0.25, 0.75],
      rewards: [1, 0],
      hour: 9,
    },
    {
      key: 'desktop|',
      slot: 'grid',
      candidates: ['b', 'a'],
      propensities: [0.5, 0.5],
      rewards: [0, 0],
      hour: 9,
    },
  ].map((row) => JSON.stringify(row));
  const log = await readLog(write('research.ndjson', rows.join('\n')), research);
  expect(log).toMatchObject([
    {
      at: 32_400_000,
      labels: [1, 0],
      propensities: [0.25, 0.75],
      propensity: 0.25,
      context: { device: { form: 'phone' }, weather: { condition: 'rain' } },
    },
    {
      at: 32_400_000,
      labels: [0, 0],
      propensity: 1,
      context: { device: { form: 'desktop' }, weather: { condition: 'unknown' } },
    },
  ]);
  expect(log[0]?.visitor).not.toBe(log[1]?.visitor);
});

const totals: TotalRows = {
  format: 1,
  rows: 'totals',
  item: 'item',
  shown: 'shown',
  chosen: 'chosen',
  context: { 'weather.condition': 'sky' },
  features: {},
};

test('totals: one list for each context, its labels the shrunk shares, its weight the choices', async () => {
  const rows = [
    'sky,item,shown,chosen',
    'rain,a,60,30',
    'rain,a,40,20',
    'rain,b,100,0',
    'clear,a,100,0',
    'clear,b,100,10',
  ];
  const log = await readLog(write('totals.csv', rows.join('\n')), totals);
  const share = (chosen: number, shown: number) => (chosen + 20 * (60 / 400)) / (shown + 20);
  expect(log).toEqual(
    [
      { id: 'clear', labels: [0, share(10, 100)], weight: 10 / 30 },
      { id: 'rain', labels: [share(50, 100), 0], weight: 50 / 30 },
    ].map((part) => ({
      kind: 'list',
      visitor: part.id,
      at: 0,
      context: { weather: { condition: part.id } },
      items: [
        { id: 'a', attributes: {} },
        { id: 'b', attributes: {} },
      ],
      propensity: 1,
      ...part,
    })),
  );
});

test('no event, no row and no choice of a sensitive item is read, whoever says that it is one', async () => {
  const rows = [
    'kept,v,test,0,1,0,1,,,,health|home,',
    'kept,v,pill,0,1,1,1,,,,,',
    'kept,v,tea,1,1,2,1,,,,home,',
    'its choice was sensitive,v,tea,0,2,0,1,,,,,',
    'its choice was sensitive,v,pill,1,2,1,1,,,,,',
    'nothing left,v,test,0,3,0,1,,,,,',
    ',v,test,,4,,,view,,,,',
    ',v,tea,,5,,,view,,,,',
  ];
  const catalog = new Map([['pill', { id: 'pill', tags: ['health'] }]]);
  const read = async (tag: string) => {
    const opened = await openLog(write('sensitive.csv', csv(...rows)), mapping, {
      catalog,
      sensitive: new Set([tag]),
    });
    const entries: unknown[] = [];
    for await (const entry of opened.entries('time'))
      entries.push(
        entry.kind === 'list'
          ? [entry.id, ...entry.items.map(({ id }, row) => `${id}@${entry.positions?.[row]}`)]
          : entry.item,
      );
    const shown = await opened.database.rows('SELECT list, item FROM impressions ORDER BY list, position');
    const events = await opened.database.rows('SELECT item FROM events');
    await opened.close();
    return { entries, shown: shown.map(({ item }) => item), events: events.map(({ item }) => item) };
  };
  expect(await read('health')).toEqual({
    entries: [['kept', 'tea@2'], 'tea'],
    shown: ['tea'],
    events: ['tea'],
  });
  const all = await read('politics');
  expect([all.entries.length, all.shown.length, all.events.length]).toEqual([5, 6, 2]);
});

const bad = (...rows: readonly string[]) => csv('l0,"v\n1",kettle,0,20,0,1,,,,,', '', ...rows);
const REFUSED: readonly (readonly [string, string, string, RegExp, Mapping?])[] = [
  [
    'a missing column',
    'a.csv',
    'list,who\nl1,v1',
    /a\.csv: line 1: expected a column item, found the columns list, who/,
  ],
  [
    'a time that is no number, after a cell of two lines and an empty line',
    'b.csv',
    bad('l1,v1,kettle,0,noon,0,1,,,,,'),
    /b\.csv: line 5, column at: expected a number, found "noon"/,
  ],
  [
    'a list of two visitors',
    'c.csv',
    csv('l1,v,a,0,1,0,1,,,,,', 'l1,w,b,0,1,1,1,,,,,'),
    /c\.csv: line 3: expected one visitor of list l1, found v and w/,
  ],
  [
    'an event of an unknown type',
    'd.csv',
    csv(',v1,kettle,,1,,,teleport,,,,'),
    /d\.csv: line 2, column type: expected one of view, .* found "teleport"/,
  ],
  [
    'an event without an item',
    'd2.csv',
    csv(',v1,,,1,,,view,,,,'),
    /line 2, column item: expected an item, found ""/,
  ],
  ['a header alone', 'e.csv', HEADER, /e\.csv: expected at least one row, found none/],
  ['an empty file', 'e0.csv', '', /e0\.csv: expected a header line, found an empty file/],
  ['an empty ndjson', 'e1.ndjson', '', /e1\.ndjson: expected at least one row, found none/],
  [
    'two columns of one name',
    'e2.csv',
    'a,b,A\n1,2,3',
    /line 1: expected columns of different names, found two named A/,
  ],
  [
    'a line that is no JSON',
    'f.ndjson',
    '{"list":1}\n{"list":',
    /f\.ndjson: line 2: expected a JSON object, found \{"list":/,
  ],
  [
    'a line that is no object',
    'f2.ndjson',
    `${JSON.stringify(Object.fromEntries(HEADER.split(',').map((name) => [name, '1'])))}\n\n7\n`,
    /f2\.ndjson: line 3: expected a JSON object, found 7/,
  ],
  ['a row of the wrong width', 'g.csv', csv('l1,v1'), /g\.csv: line 2: expected 12 cells, found 2/],
  ['a quote without an end', 'g2.csv', csv('l1,"v1'), /line 2: expected a closing quote, found none/],
  ['bytes that are no UTF-8', 'g3.csv', 'LATIN', /g3\.csv: line 2: expected UTF-8 text, found other bytes/],
  ['an unknown ending', 'h.xls', '', /h\.xls: expected a name ending in \.csv, \.tsv, \.ndjson/],
  [
    'a price of NaN',
    'i.csv',
    csv('l1,v,a,0,1,0,1,,,NaN,,'),
    /line 2, column price: expected a number, found "NaN"/,
  ],
  [
    'a price that is none, of a log with a column that is named as one of ours',
    'i1.csv',
    `${csv('l1,v,a,0,1,0,1,,,dear,,').replaceAll('season', 'kind')}event`,
    /line 2, column price: expected a number, found "dear"/,
    { ...mapping, features: { price: 'price' } },
  ],
  [
    'a time of NaN',
    'i2.csv',
    csv('l1,v,a,0,nan,0,1,,,,,'),
    /line 2, column at: expected a number, found "nan"/,
  ],
  [
    'a label of another kind',
    'i3.csv',
    csv('l1,v,a,0,1,0,1,,,,,', 'l1,v,b,True,1,0,1,,,,,', 'l1,v,c,yes,1,0,1,,,,,'),
    /line 4, column chosen: expected 0, 1, true or false, found "yes"/,
  ],
  [
    'a propensity of 0',
    'j.csv',
    csv('l1,v,a,0,1,0,0,,,,,'),
    /line 2, column p: expected a probability above 0, at most 1, found "0"/,
  ],
  [
    'text that only claims to be Parquet',
    'k.parquet',
    'PAR1 no',
    /k\.parquet: expected a Parquet file, found /,
  ],
  [
    'too few prices',
    'l.csv',
    'who,act,at,about,shown,prices,device\nv,,2024-01-01,a,a|b,5,',
    /line 2, column prices: expected something of each item of the list, found "1 for 2 items"/,
    lists,
  ],
  [
    'a price that is none',
    'm.csv',
    'who,act,at,about,shown,prices,device\nv,,2024-01-01,a,a|b,5|x,',
    /line 2, column prices: expected numbers, found "x"/,
    lists,
  ],
  [
    'a time of no kind',
    'n.csv',
    'who,act,at,about,shown,prices,device\nv,,May,a,a|b,5|6,',
    /column at: expected an ISO 8601 time, found "May"/,
    lists,
  ],
  [
    'more choices than impressions',
    'o.csv',
    'sky,item,shown,chosen\nrain,a,5,6',
    /line 2, column chosen: expected a count of at most column shown, found "6"/,
    totals,
  ],
];
test.each(REFUSED.map(([what, ...rest]) => ({ what, rest })))(
  '$what is refused, naming the place',
  async ({ rest }) => {
    const [name, content, message, as = mapping] = rest;
    const bytes = content === 'LATIN' ? Buffer.from(csv('l1,v\xfc,a,0,1,0,1,,,,,'), 'latin1') : content;
    await expect(readLog(write(name, bytes), as)).rejects.toThrow(message);
  },
);

test('a file that is not there, and packed ones that are not whole', async () => {
  await expect(readLog(join(folder, 'none.csv'), mapping)).rejects.toThrow(
    /expected a readable file, found no such file/,
  );
  const packed = gzipSync(
    csv(...Array.from({ length: 5000 }, (_, i) => `l${i},v${i * 7919},a,0,1,0,1,,,,,`)),
  );
  const changed = Uint8Array.from(packed);
  changed[changed.length - 6] = (changed.at(-6) as number) ^ 255;
  for (const [name, bytes, found] of [
    ['fake.csv.gz', Buffer.from(csv()), 'incorrect header check'],
    ['fake.ndjson.gz', Buffer.from('{}'), 'incorrect header check'],
    // DuckDB alone reads these three as if nothing were missing.
    ['half.csv.gz', packed.subarray(0, packed.length / 2), 'unexpected end of file'],
    ['tail.csv.gz', packed.subarray(0, -4), 'unexpected end of file'],
    ['changed.csv.gz', changed, 'incorrect data check'],
  ] as const) {
    await expect(readLog(write(name, bytes), mapping)).rejects.toThrow(
      `${name}: expected a whole gzip file, found ${found}`,
    );
  }
});

test('nothing stays in the temp folder, whether a log was read or refused', async () => {
  const mine = () =>
    readdirSync(tmpdir()).filter((name) => name.startsWith('inkling.') && name.includes(`.${process.pid}.`));
  await readLog(write('clean.csv', csv(...ROWS)), mapping);
  await expect(readLog(write('dirty.csv', csv('l1')), mapping)).rejects.toThrow('expected 12 cells');
  expect(mine()).toEqual([]);
});
