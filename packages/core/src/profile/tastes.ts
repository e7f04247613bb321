import { fade, type Profile } from './profile.ts';

/** Affinities as they are now, squashed to -1..1. A map, because a tag may bear a name that every object has. */
export function tastes(
  profile: Profile | undefined,
  now: number,
  halfLifeDays: number,
): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(profile?.affinities ?? {}).map(([tag, fading]) => {
      const value = fade(fading, now, halfLifeDays);
      return [tag, value / (2 + Math.abs(value))];
    }),
  );
}
