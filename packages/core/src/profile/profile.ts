import type { Posterior } from '../adapt/posterior.ts';
import type { Counters } from './counters.ts';
import type { Fading } from './fading.ts';
import type { RecentItem } from './recent-item.ts';

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
    /** Pages seen in this visit before the present one: how deep the visitor went. */
    readonly pages: number;
    /** Items in the cart. */
    readonly cart: number;
    /** Visits so far, this one included. */
    readonly count: number;
  };
  /** By tag. */
  readonly affinities: Readonly<Record<string, Fading>>;
  /** Newest first. */
  readonly recents: readonly RecentItem[];
  /** Ids of the items that the visitor dismissed, newest first. */
  readonly dismissed: readonly string[];
  /** Exposures, for frequency caps. */
  readonly counters: Counters;
  readonly posterior: Posterior;
  /** Newest first. */
  readonly decisions: readonly DecisionSummary[];
  /** What the visitor switched off, each as the path of a signal, e.g. `weather.condition`. @default none */
  readonly unused?: readonly string[];
  /** The visitor wants nothing to be learnt: acts and exposures are not noted, but for what is rejected. @default false */
  readonly paused?: boolean;
  /** The visitor wants the page as it was authored. @default false */
  readonly neutral?: boolean;
}

export const PROFILE_LIMITS = {
  recents: 50,
  tags: 200,
  dismissed: 200,
  decisions: 20,
  unused: 100,
  /** UTF-16 units of an id or a tag; an event that names a longer one is not remembered. */
  name: 256,
  /** UTF-8 bytes of the encoded profile. */
  bytes: 65_536,
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
