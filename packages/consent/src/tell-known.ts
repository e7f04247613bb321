import {
  type Context,
  type FeatureSpec,
  isSensitive,
  type Pack,
  PROFILE_LIMITS,
  type Profile,
  phraseOf,
} from '@inkling/core';
import type { PrivacyControls } from './privacy-controls.ts';

/** What is known of one area of the moment, e.g. of the weather. */
export interface KnownArea {
  readonly area: keyof Context;
  /** All its signals. */
  readonly paths: readonly string[];
  readonly isUsed: boolean;
  /** In the pack's sentences; a signal that none of them mentions stands as its name and value. */
  readonly text: string;
}

/** Every area of which something is known, or that the visitor switched off. */
export function tellMoment({ page, unused }: Pick<PrivacyControls, 'page' | 'unused'>): readonly KnownArea[] {
  const context = page.context.get();
  const pack = page.pack();
  return (Object.keys(context) as (keyof Context)[]).flatMap((area) => {
    const paths = Object.keys(context[area]).map((field) => `${area}.${field}`);
    const isUsed = !paths.some((path) => unused.has(path));
    // An empty list says nothing.
    const known = paths.filter((path) => !['unknown', ''].includes(readPath(context, path)));
    return known.length > 0 || !isUsed ? [{ area, paths, isUsed, text: tell(known, context, pack) }] : [];
  });
}

/** The sentences whose every word is known; then what they leave out. */
function tell(known: readonly string[], context: Context, pack: Pack | undefined): string {
  const told = new Set<string>();
  const sentences = new Set<string>();
  // A spec of format 1 has sentences and phrases too.
  const spec = pack?.spec as FeatureSpec | undefined;
  for (const { kind, sentence } of spec?.features ?? []) {
    const names = [...sentence.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
    // What matches an item says something of the item.
    if (kind === 'match' || names.length === 0 || !names.every((name) => known.includes(name))) continue;
    for (const name of names) told.add(name);
    sentences.add(
      sentence.replace(/\{([^}]+)\}/g, (_, name: string) =>
        phraseOf(spec as FeatureSpec, name, readPath(context, name)),
      ),
    );
  }
  const rest = known
    .filter((path) => !told.has(path))
    .map((path) => `${wordsOf(path)}: ${readPath(context, path)}`);
  return [...sentences, rest.join(', ')].filter(Boolean).join(' ');
}

function readPath(context: Context, path: string): string {
  const [area = '', field = ''] = path.split('.');
  // Every path here was made of an area of the context and a field of it.
  return String((context[area as keyof Context] as Readonly<Record<string, unknown>>)[field]);
}

/** `device.colorScheme` is `color scheme`. */
function wordsOf(path: string): string {
  return path
    .slice(path.indexOf('.') + 1)
    .replace(/[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}

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
