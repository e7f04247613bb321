const DAY_MS = 86_400_000;

/** A day in UTC, counted from 1 January 1970. */
export type Day = number;

export function dayOf(ms: number): Day {
  return Math.floor(ms / DAY_MS);
}

/** The first moment of a day. Epoch ms. */
export function startOf(day: Day): number {
  return day * DAY_MS;
}

/** `YYYY-MM-DD`. */
export function nameOf(day: Day): string {
  return new Date(startOf(day)).toISOString().slice(0, 10);
}

/** Undefined for what is no day of the calendar, written as `nameOf` does. */
export function parseDay(text: string): Day | undefined {
  const day = dayOf(Date.parse(`${text}T00:00:00Z`));
  return Number.isFinite(day) && nameOf(day) === text ? day : undefined;
}
