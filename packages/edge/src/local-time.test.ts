import { expect, test } from 'vitest';
import { createLocalTime } from './local-time.ts';

const localTime = createLocalTime();
const newYear = Date.UTC(2026, 11, 31, 23, 30);

test('hour, ISO weekday and month are those of the time zone', () => {
  expect(localTime(newYear, 'UTC', 'north')).toEqual({ hour: 23, weekday: 4, month: 12, season: 'winter' });
  expect(localTime(newYear, 'Asia/Kolkata', 'north')).toEqual({
    hour: 5,
    weekday: 5,
    month: 1,
    season: 'winter',
  });
  expect(localTime(newYear, 'Europe/Berlin', 'south')).toEqual({
    hour: 0,
    weekday: 5,
    month: 1,
    season: 'summer',
  });
});

test('Sunday is 7', () => {
  expect(localTime(Date.UTC(2026, 10, 22, 12), 'UTC', undefined)?.weekday).toBe(7);
});

test('daylight saving time is kept', () => {
  expect(localTime(Date.UTC(2026, 0, 15, 12), 'Europe/Berlin', undefined)?.hour).toBe(13);
  expect(localTime(Date.UTC(2026, 6, 15, 12), 'Europe/Berlin', undefined)?.hour).toBe(14);
});

test('the four seasons begin with December, March, June and September, and are opposite in the south', () => {
  const seasons = (side: 'north' | 'south') =>
    Array.from({ length: 12 }, (_, month) => localTime(Date.UTC(2026, month, 15), 'UTC', side)?.season);
  const [winter, spring, summer, autumn] = ['winter', 'spring', 'summer', 'autumn'];
  const north = [winter, winter, ...[spring, summer, autumn].flatMap((name) => [name, name, name]), winter];
  expect(seasons('north')).toEqual(north);
  expect(seasons('south')).toEqual([...north.slice(6), ...north.slice(0, 6)]);
});

test('without a hemisphere there is no season', () => {
  expect(localTime(newYear, 'UTC', undefined)).toEqual({ hour: 23, weekday: 4, month: 12 });
});

test.each([undefined, '', 'Mars/Olympus', '<script>'])('time zone %s gives no time', (zone) => {
  expect(localTime(newYear, zone, 'north')).toBeUndefined();
});
