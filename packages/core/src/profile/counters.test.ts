import { expect, test } from 'vitest';
import { COUNTER_LIMITS, type Counters, count, countSince } from './counters.ts';

const DAY = 86_400_000;

test('a window counts its own days only, today as one of them', () => {
  let counters: Counters = {};
  for (const day of [0, 1, 1, 5]) counters = count(counters, ['item:a'], day * DAY + 7);
  const since = (days: number) => countSince({ counters }, 'item:a', days, 5 * DAY);
  expect([1, 4, 5, 6, 31].map(since)).toEqual([1, 1, 3, 4, 4]);
  expect(countSince({ counters }, 'item:constructor', 31, 5 * DAY)).toBe(0);
});

test('exposures that come late count the same', () => {
  const days = [9, 2, 2, 40, 12];
  const fold = (order: readonly number[]) =>
    order.reduce<Counters>((counters, day) => count(counters, ['tag:a'], day * DAY), {});
  expect(fold(days)).toEqual(fold([...days].sort((a, b) => a - b)));
  expect(fold(days)).toEqual({ 'tag:a': [40, 1, 12, 1] });
});

test('of too many keys the one seen longest ago goes', () => {
  let counters: Counters = count({}, ['slot:old'], 0);
  for (let i = 0; i < COUNTER_LIMITS.keys; i++) counters = count(counters, [`item:${i}`], DAY);
  expect(Object.keys(counters)).toHaveLength(COUNTER_LIMITS.keys);
  expect(counters['slot:old']).toBeUndefined();
});
