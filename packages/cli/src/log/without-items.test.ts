import { afterAll, expect, test } from 'vitest';
import { createLogFolder, csv, itemRows } from './log.fixture.ts';
import { openLog } from './open-log.ts';

const folder = createLogFolder();
afterAll(folder.remove);

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
    const opened = await openLog(folder.write('sensitive.csv', csv(...rows)), itemRows, {
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
