import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventsMapping } from './events-mapping.ts';
import { readSessions } from './read-sessions.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-sessions-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const mapping: EventsMapping = {
  format: 1,
  session: 'visit',
  item: 'item',
  time: { column: 'at', unit: 's' },
  event: 'type',
};
const write = (...rows: readonly string[]) => {
  const file = join(folder, 'log.csv');
  writeFileSync(file, ['visit,item,at,type', ...rows].join('\n'));
  return file;
};

test('events of a visit in the order of their times, visits in the order of their ends, each kind its own', async () => {
  const file = write(
    'v1,tea,30,view',
    'v2,cup,5,click',
    'v1,cup,10,view',
    'v1,pot,20,purchase',
    'v1,tea,10,search',
  );
  expect(await readSessions(file, mapping, 'viewed')).toEqual({
    ids: ['tea', 'cup'],
    sessions: [
      { at: 5000, items: [1] },
      { at: 30_000, items: [1, 0] },
    ],
  });
  expect(await readSessions(file, mapping, 'bought')).toEqual({
    ids: ['pot'],
    sessions: [{ at: 20_000, items: [0] }],
  });
  const { event, ...every } = mapping;
  expect((await readSessions(file, every, 'bought')).ids).toEqual(['tea', 'cup', 'pot']);
});

test.each<[string, string[], Partial<EventsMapping>, RegExp]>([
  [
    'no event of the kind',
    ['v1,tea,1,search'],
    {},
    /log\.csv: expected rows whose type is view or click, found none/,
  ],
  ['an event without an item', ['v1,,1,view'], {}, /line 2, column item: expected an id, found nothing/],
  ['a time that is none', ['v1,tea,soon,view'], {}, /line 2, column at: expected a number, found "soon"/],
  [
    'a column that is not there',
    ['v1,tea,1,view'],
    { session: 'who' },
    /line 2: expected a column who, found the columns visit, item, at, type/,
  ],
])('%s is refused, naming the place', async (_, rows, change, message) => {
  await expect(readSessions(write(...rows), { ...mapping, ...change }, 'viewed')).rejects.toThrow(message);
});
