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

test('the addresses of one network of IPv6 are one, and those of another are not', async () => {
  const isWithin = createAddressLimit(2);
  const ask = (address: string) => isWithin(address, NOON);
  // One after the other: hashes are ready in any order.
  const askAll = async (...addresses: readonly string[]) => {
    const answers: boolean[] = [];
    for (const address of addresses) answers.push(await ask(address));
    return answers;
  };
  expect(await askAll('2001:db8:1:2:3::4', '2001:db8:1:2::9', '2001:db8:1:2:ffff::')).toEqual([
    true,
    true,
    false,
  ]);
  expect(await ask('2001:db8:1:3::9')).toBe(true);
  expect(await askAll('2001:db8::4', '2001:db8::5', '2001:db8::6')).toEqual([true, true, false]);
});

test('a flood from more addresses than are told apart has one share, and those known before keep theirs', async () => {
  const isWithin = createAddressLimit(2);
  expect(await isWithin('known', NOON)).toBe(true);
  const flood = await Promise.all(Array.from({ length: 100_010 }, (_, i) => isWithin(`flood ${i}`, NOON)));
  expect(flood.filter((each) => !each)).toHaveLength(100_010 - 99_999 - 2);
  expect(await isWithin('known', NOON)).toBe(true);
});
