import { COUNTER_LIMITS, type CounterKey } from './counters.ts';
import type { Fading } from './fading.ts';
import { type DecisionSummary, PROFILE_LIMITS, type Profile } from './profile.ts';
import type { RecentItem } from './recent-item.ts';

/* What each part of a stored profile must look like, for whoever reads one that may be damaged or foreign. */

/** Whether something may be used at `now`: a clock that was wrong may have left times to come. */
export type Check<T> = (value: unknown, now: number) => value is T;

export const isText: Check<string> = (value): value is string =>
  typeof value === 'string' && value.length <= PROFILE_LIMITS.name;

const DAY = 86_400_000;

export const isTime: Check<number> = (value, now): value is number =>
  typeof value === 'number' && value >= 0 && value <= now + DAY;

const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value < Infinity;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isFading: Check<Fading> = (value, now): value is Fading =>
  Array.isArray(value) &&
  Number.isFinite(value[0]) &&
  isTime(value[1], now) &&
  (value.length === 2 || (value.length === 3 && isCount(value[2]) && value[2] >= Math.abs(value[0])));

export const isRecent: Check<RecentItem> = (value, now): value is RecentItem =>
  isRecord(value) &&
  isText(value.id, now) &&
  isTime(value.at, now) &&
  [value.views, value.clicks, value.dwell ?? 0, value.carts ?? 0, value.purchases ?? 0].every(isCount);

export const isCounterKey = (key: string): key is CounterKey => /^(item|tag|slot):/.test(key);

/** Pairs of day and count, newest first. */
export const isBuckets: Check<readonly number[]> = (value, now): value is readonly number[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length % 2 === 0 &&
  value.length <= 2 * COUNTER_LIMITS.days &&
  value.every((x, i) => isCount(x) && (i % 2 === 1 || (isTime(x * DAY, now) && !(x >= value[i - 2]))));

export const isSummary: Check<DecisionSummary> = (value, now): value is DecisionSummary =>
  isRecord(value) &&
  [value.id, value.slot, value.source].every((text) => isText(text, now)) &&
  isTime(value.at, now) &&
  Array.isArray(value.items) &&
  value.items.every((id) => isText(id, now));

export const isVisit: Check<Profile['visit']> = (value, now): value is Profile['visit'] =>
  isRecord(value) &&
  isText(value.seed, now) &&
  isTime(value.startedAt, now) &&
  isTime(value.lastAt, now) &&
  [value.pages, value.cart, value.count].every(isCount);
