import { InklingError } from '../inkling-error.ts';
import { COUNTER_LIMITS, type CounterKey } from './counters.ts';
import { PROFILE_LIMITS, type Profile } from './profile.ts';
import { isCounterKey, isRecord } from './profile-parts.ts';

const DAY = 86_400_000;
const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?$/;

/** Reads a file that `exportProfile` wrote, all or nothing.
 * @param now epoch ms; a time to come, and a profile past its hard expiry, are refused
 * @throws InklingError E_PROFILE naming the place, what was expected and what was found */
export function importProfile(text: string, now: number): Profile {
  const file = fields(parse(text), 'file');
  if (file.inkling !== 'profile') fail('file.inkling', '"profile"', file.inkling);
  if (file.format !== 2) fail('file.format', '2', file.format);
  const at = (value: unknown, place: string) => time(value, place, now);
  const createdAt = at(file.createdAt, 'file.createdAt');
  if (now >= createdAt + PROFILE_LIMITS.lifeMs) {
    fail('file.createdAt', 'a time within the last 395 days', file.createdAt);
  }
  const visit = fields(file.visit, 'file.visit');
  return {
    format: 2,
    createdAt,
    visit: {
      seed: name(visit.seed, 'file.visit.seed'),
      startedAt: at(visit.startedAt, 'file.visit.startedAt'),
      lastAt: at(visit.lastAt, 'file.visit.lastAt'),
      pages: count(visit.pages, 'file.visit.pages'),
      cart: count(visit.cart, 'file.visit.cart'),
      count: count(visit.count, 'file.visit.count'),
    },
    affinities: Object.fromEntries(
      list(file.tastes, 'file.tastes', PROFILE_LIMITS.tags, (entry, place) => {
        const { tag, value, weight, at: since } = fields(entry, place);
        const sum = [number(value, `${place}.value`), at(since, `${place}.at`)] as const;
        const fading = weight === undefined ? sum : ([...sum, count(weight, `${place}.weight`)] as const);
        return [name(tag, `${place}.tag`), fading];
      }),
    ),
    recents: list(file.recents, 'file.recents', PROFILE_LIMITS.recents, (entry, place) => {
      const recent = fields(entry, place);
      const rare = (['dwell', 'carts', 'purchases'] as const)
        .filter((field) => recent[field] !== undefined)
        .map((field) => [field, count(recent[field], `${place}.${field}`)]);
      return {
        id: name(recent.id, `${place}.id`),
        at: at(recent.at, `${place}.at`),
        views: count(recent.views, `${place}.views`),
        clicks: count(recent.clicks, `${place}.clicks`),
        ...Object.fromEntries(rare),
      };
    }),
    dismissed: list(file.dismissed, 'file.dismissed', PROFILE_LIMITS.dismissed, name),
    counters: Object.fromEntries(
      list(file.seen, 'file.seen', COUNTER_LIMITS.keys, (entry, place) => {
        const { what, days } = fields(entry, place);
        const buckets = list(days, `${place}.days`, COUNTER_LIMITS.days, (bucket, where) => {
          const { day, times } = fields(bucket, where);
          return [Math.floor(at(day, `${where}.day`) / DAY), count(times, `${where}.times`)];
        });
        return [counterKey(what, `${place}.what`), buckets.sort((a, b) => (b[0] ?? 0) - (a[0] ?? 0)).flat()];
      }),
    ),
    // Opaque here; whoever learns checks it again.
    posterior: fields(file.learnt, 'file.learnt') as Profile['posterior'],
    decisions: list(file.decisions, 'file.decisions', PROFILE_LIMITS.decisions, (entry, place) => {
      const { id, slot, source, items, at: when } = fields(entry, place);
      return {
        id: name(id, `${place}.id`),
        slot: name(slot, `${place}.slot`),
        at: at(when, `${place}.at`),
        source: name(source, `${place}.source`),
        items: list(items, `${place}.items`, PROFILE_LIMITS.bytes, name),
      };
    }),
    ...(file.unused !== undefined && {
      unused: list(file.unused, 'file.unused', PROFILE_LIMITS.unused, name),
    }),
    ...(file.paused === true && { paused: true }),
    ...(file.neutral === true && { neutral: true }),
  };
}

function fail(place: string, expected: string, found: unknown): never {
  const text = JSON.stringify(found) ?? 'nothing';
  throw new InklingError('E_PROFILE', `${place}: expected ${expected}, found ${text.slice(0, 60)}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InklingError('E_PROFILE', `file: expected JSON, found ${String(cause)}`, { cause });
  }
}

function fields(value: unknown, place: string): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : fail(place, 'an object', value);
}

function list<T>(
  value: unknown,
  place: string,
  most: number,
  read: (entry: unknown, place: string) => T,
): T[] {
  if (!Array.isArray(value) || value.length > most) {
    return fail(place, `a list of at most ${most}`, value);
  }
  return value.map((entry, i) => read(entry, `${place}[${i}]`));
}

function name(value: unknown, place: string): string {
  if (typeof value === 'string' && value.length <= PROFILE_LIMITS.name) return value;
  return fail(place, `a text of at most ${PROFILE_LIMITS.name} characters`, value);
}

function counterKey(value: unknown, place: string): CounterKey {
  const key = typeof value === 'string' ? value : '';
  return isCounterKey(key) ? key : fail(place, 'item:…, tag:… or slot:…', value);
}

function number(value: unknown, place: string): number {
  return Number.isFinite(value) ? (value as number) : fail(place, 'a number', value);
}

function count(value: unknown, place: string): number {
  const found = number(value, place);
  return found >= 0 ? found : fail(place, '0 or more', value);
}

function time(value: unknown, place: string, now: number): number {
  const at = typeof value === 'string' && DATE.test(value) ? Date.parse(value) : Number.NaN;
  if (at >= 0 && at <= now) return at;
  return fail(place, 'a time such as 2026-01-31T09:30:00.000Z, not in the future', value);
}
