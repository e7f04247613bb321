import type { Item } from '@inkling/core';
import { expect, test } from 'vitest';
import { dropSensitive } from './drop-sensitive.ts';
import type { Log, LoggedEvent, LoggedList } from './log.ts';

const list = (id: string, items: readonly Item[], chosen: string): LoggedList => ({
  kind: 'list',
  id,
  visitor: 'v',
  at: 1,
  context: {},
  items,
  labels: items.map((item) => Number(item.id === chosen)),
  propensity: 1,
});
const event = (item: string): LoggedEvent => ({ kind: 'event', visitor: 'v', at: 2, type: 'view', item });
const [test1, pill, tea]: readonly Item[] = [
  { id: 'test', tags: ['health', 'home'] },
  { id: 'pill' },
  { id: 'tea', tags: ['home'] },
];

test('no event, no row and no choice of a sensitive item is trained on, whoever says that it is one', () => {
  const all = [test1, pill, tea] as readonly Item[];
  const log: Log = [
    list('kept', all, 'tea'),
    list('its choice was sensitive', all, 'pill'),
    list('nothing left', [test1 as Item], ''),
    event('test'),
    event('tea'),
  ];
  const catalog = new Map([['pill', { id: 'pill', tags: ['health'] }]]);
  expect(dropSensitive(log, new Set(['health']), catalog)).toEqual([
    list('kept', [tea as Item], 'tea'),
    event('tea'),
  ]);
  expect(dropSensitive(log, new Set(['politics']), catalog)).toBe(log);
});
