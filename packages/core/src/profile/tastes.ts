import { decay } from './fading.ts';
import type { Profile } from './profile.ts';
import type { TastePrior } from './taste-prior.ts';

/** How many acts the prior is worth. */
const STRENGTH = 2;

/** Tastes by tag as they are now, −1 to 1: (Σw + k·mean) / (Σ|w| + k), where w are the faded weights of the visitor's
 * acts and k = 2. Few acts leave the context's mean nearly as it is, many outweigh it (the m-estimate: Cestnik, ECAI
 * 1990). Empty without a profile. A map, because a tag may bear a name that every object has. */
export function tastes(
  profile: Profile | undefined,
  now: number,
  halfLifeDays: number,
  prior?: TastePrior,
): ReadonlyMap<string, number> {
  const result = new Map(profile && prior);
  for (const [tag, [value, at, weight = Math.abs(value)]] of Object.entries(profile?.affinities ?? {})) {
    const left = decay(now - at, halfLifeDays);
    // Nothing is added as −0, which leaves every sum its bits, that of a −0 too.
    result.set(tag, (value * left + STRENGTH * (result.get(tag) ?? -0)) / (weight * left + STRENGTH));
  }
  return result;
}
