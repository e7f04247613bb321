import type { Impression } from '@inkling/core/totals';
import { afterAll, expect, test } from 'vitest';
import { createLogFolder, listRows } from './log.fixture.ts';
import type { ListRows } from './mapping.ts';
import { readLog } from './read-log.ts';

const folder = createLogFolder();
afterAll(folder.remove);

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
  expect(await readLog(folder.write('lists.csv', rows.join('\n')), listRows)).toEqual([
    { kind: 'event', visitor: 'v', at, type: 'view', item: 'b' },
    {
      ...list,
      id: '3',
      at: at + 2000,
      row: 2,
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
      row: 3,
      context: { device: { form: 'unknown' } },
      items: [{ id: 'a', price: 5, attributes: {} }],
      labels: [0],
    },
  ]);
});

test('research impressions, as the collector hands them on: no visitor, a moment, a propensity and a reward for each item', async () => {
  const research: ListRows = {
    format: 1,
    rows: 'lists',
    item: 'items',
    label: 'rewards',
    propensity: 'propensities',
    time: { column: 'hour', unit: 'iso' },
    context: {},
    contextKey: { column: 'moment', signals: ['time.daypart', 'weather.condition'], delimiter: ' ' },
    features: {},
  };
  const shown: Omit<Impression, 'items' | 'propensities' | 'rewards' | 'moment'> = {
    version: 3,
    slot: 'grid',
    hour: '1970-01-01T09:00:00Z',
    candidates: ['a', 'b', 'c'],
  };
  const impressions: readonly Impression[] = [
    { ...shown, moment: 'evening rain', items: ['a', 'b'], propensities: [0.25, 0.75], rewards: [1, 0] },
    { ...shown, moment: 'night unknown', items: ['b', 'a'], propensities: [0.5, 0.5], rewards: [0, 0] },
  ];
  const rows = impressions.map((impression) => JSON.stringify(impression));
  const log = await readLog(folder.write('research.ndjson', rows.join('\n')), research);
  expect(log).toMatchObject([
    {
      at: 32_400_000,
      labels: [1, 0],
      propensities: [0.25, 0.75],
      propensity: 0.25,
      context: { time: { daypart: 'evening' }, weather: { condition: 'rain' } },
    },
    {
      at: 32_400_000,
      labels: [0, 0],
      propensity: 1,
      context: { time: { daypart: 'night' }, weather: { condition: 'unknown' } },
    },
  ]);
  expect(log[0]?.visitor).not.toBe(log[1]?.visitor);
});
