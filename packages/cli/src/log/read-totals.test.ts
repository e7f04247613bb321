import { afterAll, expect, test } from 'vitest';
import { createLogFolder, totalRows } from './log.fixture.ts';
import { readLog } from './read-log.ts';

const folder = createLogFolder();
afterAll(folder.remove);

test('totals: one list for each context, its labels the shrunk shares, its weight the choices', async () => {
  const rows = [
    'sky,item,shown,chosen',
    'rain,a,60,30',
    'rain,a,40,20',
    'rain,b,100,0',
    'clear,a,100,0',
    'clear,b,100,10',
  ];
  const log = await readLog(folder.write('totals.csv', rows.join('\n')), totalRows);
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
