import { type ContextPatch, seasonOf } from '@inkling/core';
import { placeOf } from './time-zones.ts';

/** The local hour, weekday, month and season, and the country that the time zone lies in: no request tells more. */
export function readClock(now: number): ContextPatch {
  const date = new Date(now);
  const month = date.getMonth() + 1;
  const { country, isSouth } = placeOf(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  return {
    time: {
      hour: date.getHours(),
      weekday: date.getDay() || 7,
      month,
      season: seasonOf(month, isSouth),
    },
    ...(country && { geo: { country, source: 'timezone' } }),
  };
}
