import { type Item, isSensitive } from '../item.ts';
import type { Profile } from './profile.ts';

/** The profile without what an earlier pack, which did not mark these tags or items yet, let it learn from them. What
 * the device had learnt for its own ranking cannot be told apart and goes whole, if anything goes. Dismissals, and
 * exposures counted for an item's cap, stay. */
export function forgetSensitive(
  profile: Profile,
  find: (id: string) => Item | undefined,
  sensitive: ReadonlySet<string>,
): Profile {
  const recents = profile.recents.filter(({ id }) => !isSensitive(find(id), sensitive));
  const affinities = Object.entries(profile.affinities).filter(([tag]) => !sensitive.has(tag));
  const counters = Object.entries(profile.counters).filter(
    ([key]) => !(key.startsWith('tag:') && sensitive.has(key.slice(4))),
  );
  const kept = [recents, affinities, counters].reduce((sum, { length }) => sum + length, 0);
  const had = [profile.recents, Object.keys(profile.affinities), Object.keys(profile.counters)];
  if (kept === had.reduce((sum, { length }) => sum + length, 0)) return profile;
  return {
    ...profile,
    recents,
    affinities: Object.fromEntries(affinities),
    counters: Object.fromEntries(counters),
    posterior: {},
  };
}
