import { fade, type Profile } from './profile.ts';

/** Affinities as they are now, squashed to -1..1. */
export function tastes(
  profile: Profile | undefined,
  now: number,
  halfLifeDays: number,
): Readonly<Record<string, number>> {
  const entries = Object.entries(profile?.affinities ?? {});
  return Object.fromEntries(
    entries.map(([tag, fading]) => {
      const value = fade(fading, now, halfLifeDays);
      return [tag, value / (2 + Math.abs(value))];
    }),
  );
}
