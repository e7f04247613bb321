import { afterAll, expect, test } from 'vitest';
import { createLogFolder, csv, HEADER, itemRows, listRows, plainRows, totalRows } from './log.fixture.ts';
import type { Mapping } from './mapping.ts';
import { openLog } from './open-log.ts';
import { readLog } from './read-log.ts';

const folder = createLogFolder();
afterAll(folder.remove);

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
    { ...itemRows, features: { price: 'price' } },
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
    listRows,
  ],
  [
    'a price that is none',
    'm.csv',
    'who,act,at,about,shown,prices,device\nv,,2024-01-01,a,a|b,5|x,',
    /line 2, column prices: expected numbers, found "x"/,
    listRows,
  ],
  [
    'a time of no kind',
    'n.csv',
    'who,act,at,about,shown,prices,device\nv,,May,a,a|b,5|6,',
    /column at: expected an ISO 8601 time, found "May"/,
    listRows,
  ],
  [
    'more choices than impressions',
    'o.csv',
    'sky,item,shown,chosen\nrain,a,5,6',
    /line 2, column chosen: expected a count of at most column shown, found "6"/,
    totalRows,
  ],
];
test.each(REFUSED.map(([what, ...rest]) => ({ what, rest })))(
  '$what is refused, naming the place',
  async ({ rest }) => {
    const [name, content, message, as = itemRows] = rest;
    const bytes = content === 'LATIN' ? Buffer.from(csv('l1,v\xfc,a,0,1,0,1,,,,,'), 'latin1') : content;
    await expect(readLog(folder.write(name, bytes), as)).rejects.toThrow(message);
  },
);

test('the rows of a file keep their order where several threads could read it', async () => {
  const padding = '.'.repeat(190);
  const rows = Array.from({ length: 60_000 }, (_, at) => `,v${at % 7},i${at % 30},,${at},,view,${padding}`);
  const opened = await openLog(
    folder.write(
      'long.csv',
      ['list,who,item,chosen,at,place,type,more', 'l,w,i1,1,0,1,,', ...rows].join('\n'),
    ),
    plainRows,
  );
  const [row] = await opened.database.rows(
    'SELECT count(*) AS wrong FROM log WHERE seq > 0 AND time_ms <> 1000 * (seq - 1)',
  );
  await opened.close();
  expect(row?.wrong).toBe(0n);
});
