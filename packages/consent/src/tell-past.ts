import { type FeatureSpec, isSensitive, PROFILE_LIMITS, type Profile, phraseOf } from '@inkling/core';
import type { PrivacyControls } from './privacy-controls.ts';

/** What the profile says, in words that may be said. */
export interface KnownPast {
  readonly since: number;
  /** When it goes by itself. */
  readonly until: number;
  readonly likes: readonly string[];
  readonly dislikes: readonly string[];
  readonly lookedAt: readonly string[];
  /** How many items the visitor asked not to see. */
  readonly rejected: number;
}

/** A topic that can be picked as a taste. */
export interface Topic {
  readonly tag: string;
  readonly phrase: string;
  readonly isLiked: boolean;
}

const MOST = 12;

/** Of sensitive tags and items nothing is said, whatever the profile holds. */
export function tellPast(
  { page }: Pick<PrivacyControls, 'page'>,
  profile: Profile,
): KnownPast & { readonly topics: readonly Topic[] } {
  const pack = page.pack();
  const spec = pack?.spec as FeatureSpec | undefined;
  const sensitive = new Set(pack?.sensitive);
  const say = (tag: string) => (spec ? phraseOf(spec, 'tags', tag) : tag);
  // What has faded is still remembered.
  const tastes = new Map(Object.entries(profile.affinities).map(([tag, [value]]) => [tag, value]));
  for (const tag of sensitive) tastes.delete(tag);
  const words = (sign: number) =>
    [...tastes]
      .filter(([, value]) => value * sign > 0)
      .slice(0, MOST)
      .map(([tag]) => say(tag));
  const items = profile.recents.map(({ id }) => page.item(id)).filter((item) => item !== undefined);
  const topics = Object.keys(spec?.phrases.tags ?? {}).filter((tag) => !sensitive.has(tag));
  return {
    since: profile.createdAt,
    until: profile.createdAt + PROFILE_LIMITS.lifeMs,
    likes: words(1),
    dislikes: words(-1),
    lookedAt: items
      .filter((item) => !isSensitive(item, sensitive))
      .map(({ id, title = id }) => title)
      .slice(0, MOST),
    rejected: profile.dismissed.length,
    topics: topics.map((tag) => ({ tag, phrase: say(tag), isLiked: (tastes.get(tag) ?? 0) > 0 })),
  };
}
