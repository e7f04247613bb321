import { PROFILE_LIMITS, type Profile } from './profile.ts';

/** Counts a page seen; after a pause of 30 minutes it begins a new visit with the given seed. Not to be called for the
 * page of a sensitive item. */
export function beginPage(profile: Profile, now: number, seed: string): Profile {
  const { visit } = profile;
  const same = now - visit.lastAt < PROFILE_LIMITS.visitGapMs;
  return {
    ...profile,
    visit: same
      ? { ...visit, lastAt: Math.max(visit.lastAt, now), pages: visit.pages + 1 }
      : { seed, startedAt: now, lastAt: now, pages: 0, cart: visit.cart, count: visit.count + 1 },
  };
}

/** The newest items of this visit, at most `k`, newest first. */
export function lastItems({ visit, recents }: Profile, k = 3): readonly string[] {
  return recents
    .filter(({ at }) => at >= visit.startedAt)
    .slice(0, k)
    .map(({ id }) => id);
}
