import { editRecord } from './edit-record.ts';

const DAY = 86_400_000;

/** What is counted. The prefix also keeps a foreign id from being a name that every object has. */
export type CounterKey = `item:${string}` | `tag:${string}` | `slot:${string}`;

/** Exposures by UTC day: for each key pairs of day (days since 1970) and count, newest first. */
export type Counters = Readonly<Record<CounterKey, readonly number[]>>;

export const COUNTER_LIMITS = {
  /** The longest window that can be counted. */
  days: 31,
  keys: 300,
} as const;

/** How often something was seen in the last `days` UTC days, that of `now` included, so 1 means today. Days before the
 * last 31 are forgotten. */
export function countSince(
  { counters }: { readonly counters: Counters },
  key: CounterKey,
  days: number,
  now: number,
): number {
  const buckets = counters[key] ?? [];
  const after = Math.floor(now / DAY) - days;
  let sum = 0;
  for (let i = 0; i < buckets.length && (buckets[i] as number) > after; i += 2)
    sum += buckets[i + 1] as number;
  return sum;
}

/** The counters after an exposure of several things, which may come late. When there are too many keys, those seen
 * longest ago go. */
export function count(counters: Counters, keys: readonly CounterKey[], at: number): Counters {
  const day = Math.floor(at / DAY);
  return editRecord(counters, keys, (buckets = []) => countDay(buckets, day), {
    most: COUNTER_LIMITS.keys,
    worth: ([newest = 0]) => newest,
  });
}

function countDay(before: readonly number[], day: number): readonly number[] {
  const buckets = [...before];
  let i = 0;
  while (i < buckets.length && (buckets[i] as number) > day) i += 2;
  if (buckets[i] === day) buckets[i + 1] = (buckets[i + 1] as number) + 1;
  else buckets.splice(i, 0, day, 1);
  const forgotten = (buckets[0] as number) - COUNTER_LIMITS.days;
  while ((buckets.at(-2) as number) <= forgotten) buckets.length -= 2;
  return buckets;
}
