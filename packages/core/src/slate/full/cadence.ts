import type { Context } from '../../context/context.ts';
import type { SlateRequest } from '../slate-request.ts';
import { entryOf } from './kind-table.ts';

const HOUR = 3_600_000;
const WEEKDAYS = { monday: 0, tuesday: 1, wednesday: 2, thursday: 3, friday: 4, saturday: 5, sunday: 6 };

/** The time for which a slate stays. */
export interface Period {
  /** Of the slate's draws; the same for the whole period. */
  readonly seed: string;
  /** Whether a slate decided then stays. @param at epoch ms */
  readonly holds: (at: number) => boolean;
}

type Moment = Pick<SlateRequest, 'slot' | 'seed' | 'profile' | 'now' | 'context'>;

const cadences: Readonly<Record<string, (moment: Moment, weekday: string) => Period>> = {
  always: ({ seed }) => ({ seed, holds: () => false }),
  session: ({ seed, profile }) => ({
    seed: profile?.visit.seed ?? seed,
    holds: (at) => at >= (profile?.visit.startedAt ?? Infinity),
  }),
  daily: (moment) => calendar(moment, 'day', (day) => day),
  weekly(moment, weekday) {
    // Day 0 was a Thursday, so that day -3 was a Monday.
    const first = entryOf(WEEKDAYS, weekday);
    return calendar(moment, weekday, (day) => Math.floor((day + 3 - first) / 7));
  },
};

/** The period of a slot's slate: the page, the visit, the visitor's day, or the week that begins on a weekday.
 * @throws InklingError E_PACK_FORMAT for a cadence that is not known */
export function periodOf(moment: Moment): Period {
  const [name, weekday = ''] = (moment.slot.cadence ?? 'always').split(':') as [string, string?];
  return entryOf(cadences, name)(moment, weekday);
}

/** @param numberOf of the period that a day belongs to, counted from 1970 by the visitor's calendar */
function calendar(
  { seed, profile, now, context }: Moment,
  name: string,
  numberOf: (day: number) => number,
): Period {
  const ahead = hoursAhead(now, context?.time);
  const periodAt = (at: number) => numberOf(Math.floor((Math.floor(at / HOUR) + ahead) / 24));
  const current = periodAt(now);
  return {
    seed: `${profile?.createdAt ?? seed} ${name} ${current}`,
    holds: (at) => periodAt(at) === current,
  };
}

/** How far the visitor's clock is ahead of UTC: the local day is that of UTC, or of the days beside it the one that is
 * the local weekday. */
function hoursAhead(now: number, { weekday, hour }: Partial<Context['time']> = {}): number {
  if (typeof weekday !== 'number') return 0;
  const utc = Math.floor(now / HOUR);
  const day = Math.floor(utc / 24);
  const days = ((weekday - 1 - ((day + 3) % 7) + 10) % 7) - 3;
  return days * 24 + (typeof hour === 'number' ? hour - (utc - day * 24) : 0);
}
