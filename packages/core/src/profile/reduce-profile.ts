import type { Item } from '../item.ts';
import type { EventType, InklingEvent } from './event.ts';
import { type Fading, fade, PROFILE_LIMITS, type Profile, type RecentItem } from './profile.ts';

/** How much an event says about taste. */
const WEIGHTS: ReadonlyMap<EventType, number> = new Map([
  ['view', 1],
  ['click', 1],
  ['add_to_cart', 3],
  ['purchase', 5],
  ['like', 3],
  ['dismiss', -2],
  ['less_like_this', -3],
]);

export interface ReducerOptions {
  /** Finds the item an event names, for its tags. */
  readonly item: (id: string) => Item | undefined;
  /** @default 14 */
  readonly halfLifeDays?: number;
}

export type ProfileReducer = (profile: Profile, event: InklingEvent) => Profile;

/** The pure step from one profile to the next; `event.at` is now. Sizes stay within PROFILE_LIMITS, the weakest and
 * oldest going first. */
export function createReducer({ item: find, halfLifeDays = 14 }: ReducerOptions): ProfileReducer {
  return (profile, event) => {
    const { type, item: id, at } = event;
    const weight = type === 'dwell' ? Math.min((event.value ?? 0) / 60, 1) : WEIGHTS.get(type);
    if (id === undefined || !weight) return profile;
    const rejected = type === 'dismiss' || type === 'less_like_this';
    const visit = { ...profile.visit, lastAt: at };
    if (type === 'add_to_cart') visit.cart++;
    if (type === 'purchase') visit.cart = 0;
    return {
      ...profile,
      visit,
      affinities: moveAffinities(profile.affinities, find(id)?.tags ?? [], weight, at, halfLifeDays),
      recents: rejected
        ? profile.recents.filter((recent) => recent.id !== id)
        : moveToFront(profile.recents, id, type, at),
      dismissed: rejected
        ? [id, ...profile.dismissed.filter((other) => other !== id)].slice(0, PROFILE_LIMITS.dismissed)
        : profile.dismissed,
    };
  };
}

/** Counts a page seen; after a pause of 30 minutes it begins a new visit with the given seed. */
export function beginPage(profile: Profile, now: number, seed: string): Profile {
  const { visit } = profile;
  const same = now - visit.lastAt < PROFILE_LIMITS.visitGapMs;
  return {
    ...profile,
    visit: same
      ? { ...visit, lastAt: now, pages: visit.pages + 1 }
      : { seed, startedAt: now, lastAt: now, pages: 0, cart: visit.cart, count: visit.count + 1 },
  };
}

function moveAffinities(
  affinities: Profile['affinities'],
  tags: readonly string[],
  weight: number,
  now: number,
  halfLifeDays: number,
): Profile['affinities'] {
  if (tags.length === 0) return affinities;
  // A map, because a tag may bear a name that every object has, such as `constructor`.
  const next = new Map<string, Fading>(Object.entries(affinities));
  for (const tag of tags) {
    const before = next.get(tag);
    next.set(tag, [(before ? fade(before, now, halfLifeDays) : 0) + weight, now]);
  }
  const entries = [...next];
  if (entries.length <= PROFILE_LIMITS.tags) return Object.fromEntries(entries);
  const strength = (fading: Fading) => Math.abs(fade(fading, now, halfLifeDays));
  entries.sort((a, b) => strength(b[1]) - strength(a[1]) || (a[0] < b[0] ? -1 : 1));
  return Object.fromEntries(entries.slice(0, PROFILE_LIMITS.tags));
}

function moveToFront(
  recents: readonly RecentItem[],
  id: string,
  type: EventType,
  at: number,
): readonly RecentItem[] {
  const before = recents.find((recent) => recent.id === id);
  const clicked = type === 'click' ? 1 : 0;
  const moved = {
    id,
    at,
    views: (before?.views ?? 0) + 1 - clicked,
    clicks: (before?.clicks ?? 0) + clicked,
  };
  return [moved, ...recents.filter((recent) => recent !== before)].slice(0, PROFILE_LIMITS.recents);
}
