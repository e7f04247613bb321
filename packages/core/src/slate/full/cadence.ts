import type { SlotSpec } from '../slot.ts';
import { entryOf } from './kind-table.ts';

const DAY = 86_400_000;
const WEEKDAYS = { monday: 0, tuesday: 1, wednesday: 2, thursday: 3, friday: 4, saturday: 5, sunday: 6 };

/** When a slate is decided, and for whom. */
export interface Moment {
  /** Seed of the visit and the page. */
  readonly page: string;
  /** Seed of the visit. */
  readonly visit: string;
  /** Seed of the visitor. */
  readonly visitor: string;
  /** Epoch ms. */
  readonly now: number;
  /** Local, 1 Monday to 7 Sunday. */
  readonly weekday: number | 'unknown';
}

/** The seed of a slate for each cadence. */
const periods: Readonly<Record<string, (moment: Moment, day: string) => string>> = {
  always: ({ page }) => page,
  session: ({ visit }) => visit,
  daily: (moment) => `${moment.visitor} day ${localDay(moment)}`,
  weekly(moment, day) {
    // Day 0 was a Thursday, so that day -3 was a Monday.
    const week = Math.floor((localDay(moment) + 3 - entryOf(WEEKDAYS, day)) / 7);
    return `${moment.visitor} ${day} ${week}`;
  },
};

/** The seed of a slot's slate: the same until the visit or the day ends, or until the weekday comes.
 * @throws InklingError E_PACK_FORMAT for a cadence that is not known */
export function seedOf({ cadence = 'always' }: SlotSpec, moment: Moment): string {
  const [name, day = ''] = cadence.split(':') as [string, string?];
  return entryOf(periods, name)(moment, day);
}

/** Days since 1970 by the visitor's calendar: that of UTC, or of the two beside it the one that is the local weekday. */
function localDay({ now, weekday }: Moment): number {
  const day = Math.floor(now / DAY);
  if (weekday === 'unknown') return day;
  const ahead = weekday - 1 - ((day + 3) % 7);
  return day + ((ahead + 10) % 7) - 3;
}
