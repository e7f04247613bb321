import type { Posterior } from '../adapt/posterior.ts';
import { exp } from '../math.ts';
import type { Counters } from './counters.ts';

const DAY = 86_400_000;

/** A number that fades: `value` as it was at `at` (epoch ms). */
export type Fading = readonly [value: number, at: number];

export interface RecentItem {
  readonly id: string;
  readonly at: number;
  readonly views: number;
  readonly clicks: number;
}

export interface DecisionSummary {
  readonly id: string;
  readonly slot: string;
  readonly at: number;
  readonly source: string;
  readonly items: readonly string[];
}

/** The local behavioural state. It lives in the visitor's own browser and never leaves it. */
export interface Profile {
  readonly format: 2;
  /** Epoch ms; the hard expiry counts from here. */
  readonly createdAt: number;
  readonly visit: {
    /** Random, local, new for each visit: reloads of one visit give the same draws. */
    readonly seed: string;
    readonly startedAt: number;
    readonly lastAt: number;
    readonly pages: number;
    readonly cart: number;
    /** Visits so far, this one included. */
    readonly count: number;
  };
  readonly affinities: Readonly<Record<string, Fading>>;
  /** Newest first. */
  readonly recents: readonly RecentItem[];
  /** Items the visitor dismissed. */
  readonly dismissed: readonly string[];
  /** Exposures, for frequency caps. */
  readonly counters: Counters;
  readonly posterior: Posterior;
  /** Newest first, at most 20. */
  readonly decisions: readonly DecisionSummary[];
}

export const PROFILE_LIMITS = {
  recents: 50,
  tags: 200,
  dismissed: 200,
  decisions: 20,
  /** Hard, from creation: 395 days. */
  lifeMs: 34_128_000_000,
  /** A visit ends after a pause of 30 minutes. */
  visitGapMs: 1_800_000,
} as const;

export function emptyProfile(now: number, seed: string): Profile {
  return {
    format: 2,
    createdAt: now,
    visit: { seed, startedAt: now, lastAt: now, pages: 0, cart: 0, count: 1 },
    affinities: {},
    recents: [],
    dismissed: [],
    counters: {},
    posterior: {},
    decisions: [],
  };
}

/** The stored profile if it can be used; undefined if it is of another format, damaged or expired. */
export function reviveProfile(stored: unknown, now: number): Profile | undefined {
  const p = stored as Partial<Profile> | null | undefined;
  const usable =
    p?.format === 2 &&
    typeof p.createdAt === 'number' &&
    now < p.createdAt + PROFILE_LIMITS.lifeMs &&
    typeof p.visit?.seed === 'string' &&
    Array.isArray(p.recents) &&
    Array.isArray(p.dismissed) &&
    Array.isArray(p.decisions) &&
    !!p.affinities &&
    !!p.counters &&
    !!p.posterior;
  return usable ? (p as Profile) : undefined;
}

/** What a fading number is worth now: it halves every half-life, exactly the same however often it is read. */
export function fade([value, at]: Fading, now: number, halfLifeDays: number): number {
  return value * exp((-Math.LN2 * Math.max(0, now - at)) / (halfLifeDays * DAY));
}
