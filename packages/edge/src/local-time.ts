import { type ContextPatch, seasonOf } from '@inkling/core';
import type { Hemisphere } from './hemisphere.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const FIELDS = { hourCycle: 'h23', hour: 'numeric', weekday: 'short', month: 'numeric' } as const;
const MAX_ZONES = 100;

/**
 * The visitor's clock: hour, ISO weekday, month and, where the hemisphere is known, the season.
 *
 * @param now Epoch milliseconds.
 * @param zone IANA time zone; `undefined` is returned when it is absent or not one.
 */
export type LocalTime = (
  now: number,
  zone: string | undefined,
  side: Hemisphere | undefined,
) => ContextPatch['time'];

export function createLocalTime(): LocalTime {
  // Making one takes more than ten times as long as using it.
  const formats = new Map<string, Intl.DateTimeFormat>();

  function formatOf(zone: string): Intl.DateTimeFormat {
    const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { ...FIELDS, timeZone: zone });
    if (formats.size < MAX_ZONES) formats.set(zone, format);
    return format;
  }

  return (now, zone, side) => {
    if (!zone) return undefined;
    let parts: Intl.DateTimeFormatPart[];
    try {
      parts = formatOf(zone).formatToParts(now);
    } catch {
      return undefined;
    }
    const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
    const month = Number(part('month'));
    return {
      hour: Number(part('hour')),
      weekday: WEEKDAYS.indexOf(part('weekday')) + 1,
      month,
      ...(side && { season: seasonOf(month, side === 'south') }),
    };
  };
}
