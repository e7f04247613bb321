import { expect, test } from 'vitest';
import { createAddressLimit } from './address-limit.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');

test('each address has its own share of a minute, and a new one the minute after', async () => {
  const isWithin = createAddressLimit(2);
  const ask = async (address: string, now: number) => await isWithin(address, now);
  expect([await ask('a', NOON), await ask('a', NOON), await ask('a', NOON + 59_999)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(await ask('b', NOON + 59_999)).toBe(true);
  expect(await ask('a', NOON + 60_000)).toBe(true);
});

test('a flood from more addresses than are told apart has one share, and those known before keep theirs', async () => {
  const isWithin = createAddressLimit(2);
  expect(await isWithin('known', NOON)).toBe(true);
  const flood = await Promise.all(Array.from({ length: 20_010 }, (_, i) => isWithin(`flood ${i}`, NOON)));
  expect(flood.filter((each) => !each)).toHaveLength(20_010 - 19_999 - 2);
  expect(await isWithin('known', NOON)).toBe(true);
});
