import { expect, test } from 'vitest';
import { createWeatherGate } from './weather-gate.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const gateOf = (dailyCalls?: number) =>
  createWeatherGate({
    id: 'test',
    timeoutMs: 1,
    ttlMs: 1,
    staleMs: 1,
    negativeTtlMs: 2 * MINUTE,
    dailyCalls,
    read: () => Promise.reject(),
  });

test('five failures in a row close it, each pause is twice as long, up to half an hour', () => {
  const gate = gateOf();
  for (let call = 0; call < 4; call++) {
    expect(gate.pass(0)).toBe(true);
    gate.failed(0, new Error('down'));
  }
  expect(gate.pass(0)).toBe(true);
  // Three more were under way.
  for (let call = 0; call < 4; call++) gate.failed(0, new Error('down'));
  let now = 0;
  for (const pause of [2, 4, 8, 16, 30, 30]) {
    expect(gate.pass(now + pause * MINUTE - 1)).toBe(false);
    now += pause * MINUTE;
    expect(gate.pass(now)).toBe(true);
    // One call finds out.
    expect(gate.pass(now)).toBe(false);
    gate.failed(now, new Error('down'));
  }
  now += 30 * MINUTE;
  expect(gate.pass(now)).toBe(true);
  gate.succeeded();
  for (let call = 0; call < 4; call++) gate.failed(now, new Error('down'));
  expect(gate.pass(now)).toBe(true);
});

test('a call that never comes back does not keep it closed', () => {
  const gate = gateOf();
  for (let call = 0; call < 5; call++) gate.failed(0, undefined);
  expect(gate.pass(2 * MINUTE)).toBe(true);
  expect(gate.pass(2 * MINUTE)).toBe(false);
  expect(gate.pass(6 * MINUTE)).toBe(true);
});

test('what the source asks for is kept to, up to six hours', () => {
  const gate = gateOf();
  gate.failed(0, Object.assign(new Error('429'), { retryAfterMs: 30 * MINUTE }));
  expect([gate.pass(30 * MINUTE - 1), gate.pass(30 * MINUTE)]).toEqual([false, true]);
  gate.failed(0, Object.assign(new Error('429'), { retryAfterMs: 99 * DAY }));
  expect([gate.pass(DAY / 4 - 1), gate.pass(DAY / 4)]).toEqual([false, true]);
  const other = gateOf();
  for (const retryAfterMs of ['60000', Number.NaN, -1]) other.failed(DAY, { retryAfterMs });
  expect(other.pass(DAY)).toBe(true);
});

test('a day’s budget is spent once, and comes back at midnight, UTC', () => {
  const gate = gateOf(2);
  expect([gate.pass(DAY), gate.pass(DAY + 1), gate.pass(2 * DAY - 1), gate.pass(2 * DAY)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});
