import { expect, test } from 'vitest';
import { dayOf, nameOf, parseDay, startOf } from './day.ts';

test('a day ends where the next begins, in UTC', () => {
  const day = dayOf(Date.parse('2026-02-28T23:59:59.999Z'));
  expect(nameOf(day)).toBe('2026-02-28');
  expect(new Date(startOf(day + 1)).toISOString()).toBe('2026-03-01T00:00:00.000Z');
  expect(parseDay('2026-02-28')).toBe(day);
});

test.each(['2026-02-30', '2026-2-3', '20260203', '+002026-02-03', '2026-02-03T10', '', 'today'])(
  '%s is no day',
  (text) => {
    expect(parseDay(text)).toBeUndefined();
  },
);
