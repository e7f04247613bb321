import type { FeatureSpec1 } from '@inkling/core';
import { expect, test } from 'vitest';
import type { Log, LoggedList } from '../log/log.ts';
import { buildDataset } from './build-dataset.ts';
import { crossFitted, popularity } from './popularity.ts';

const words = { group: 'g', sentence: 'Because.' };
const spec: FeatureSpec1 = {
  format: 1,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: [
    { kind: 'recent', measure: 'clicks', ...words },
    { kind: 'recent', measure: 'last', ...words },
    { kind: 'number', source: 'popularity', scale: 'reciprocal', ...words },
  ],
  phrases: {},
};

const list = (
  id: string,
  visitor: string,
  at: number,
  chosen: string,
  ids = ['a', 'b', 'c'],
): LoggedList => ({
  kind: 'list',
  id,
  visitor,
  at,
  context: {},
  items: ids.map((item) => ({ id: item })),
  labels: ids.map((item) => Number(item === chosen)),
  propensity: 1,
});

test('a list is encoded from what its visitor did before it: neither its own choice nor anybody else’s is there', () => {
  const log: Log = [
    list('first', 'v', 1, 'b'),
    list('stranger', 'w', 2, 'b'),
    { kind: 'event', visitor: 'v', at: 3, type: 'view', item: 'c' },
    list('second', 'v', 4, 'a'),
  ];
  const { width, examples } = buildDataset(log, spec, () => undefined);
  const columns = (index: number, column: number) =>
    [0, 1, 2].map((row) => examples[index]?.features[row * width + column]);
  expect(examples.map((example) => example.list.id)).toEqual(['first', 'stranger', 'second']);
  expect([...columns(0, 0), ...columns(0, 1), ...columns(1, 0), ...columns(1, 1)]).toEqual(Array(12).fill(0));
  expect(columns(2, 0)).toEqual([0, Math.fround(Math.log(2)), 0]);
  expect(columns(2, 1)).toEqual([0, 0, 1]);
});

test('popularity is what others knew of an item, as the caller says', () => {
  const { width, examples } = buildDataset([list('l', 'v', 1, 'a')], spec, ({ id }) =>
    id === 'b' ? 3 : undefined,
  );
  const known = [0, 1, 2].map((row) => examples[0]?.features.slice(row * width + 2, row * width + 4));
  expect(known.map((pair) => [...(pair ?? [])])).toEqual([
    [0, 0],
    [0.25, 1],
    [0, 0],
  ]);
});

test('popularity shrinks what was rarely shown to the mean', () => {
  const log = Array.from({ length: 30 }, (_, i) => list(`l${i}`, `v${i}`, i, 'a'));
  const values = popularity([...log, list('rare', 'v', 99, 'z', ['y', 'z'])]);
  expect(values.get('a')).toBeGreaterThan(0.7);
  expect(values.get('b')).toBeLessThan(0.2);
  expect(values.get('z')).toBeGreaterThan(values.get('y') as number);
  expect(values.get('z')).toBeLessThan(0.5);
});

test('cross-fitted popularity of a list does not change when its own visitor chooses otherwise', () => {
  const others = Array.from({ length: 40 }, (_, i) => list(`l${i}`, `v${i}`, i, i % 3 ? 'a' : 'b'));
  const mine = (chosen: string) => list('mine', 'me', 99, chosen);
  for (const id of ['a', 'b', 'c']) {
    const whenA = crossFitted([...others, mine('a')])(id, mine('a'));
    expect(whenA).toBe(crossFitted([...others, mine('c')])(id, mine('c')));
    expect(whenA).toBeDefined();
  }
});
