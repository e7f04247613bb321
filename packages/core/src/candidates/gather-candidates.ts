import type { Item } from '../item.ts';
import type { Prng } from '../prng.ts';
import type { Profile } from '../profile/profile.ts';
import { tastes } from '../profile/tastes.ts';

export type CandidateSource = 'authored' | 'affinity' | 'popular' | 'fresh' | 'explore';

export interface Candidate {
  readonly item: Item;
  /** Kept for the explanation. */
  readonly source: CandidateSource;
}

export interface CandidateRequest {
  readonly catalog: readonly Item[];
  readonly profile: Profile | undefined;
  /** Epoch ms. */
  readonly now: number;
  readonly halfLifeDays: number;
  /** How many of a source, and at most four times as many together. @default 60 */
  readonly each?: number;
  readonly random: Prng;
}

/** Picks what is worth scoring from a catalog: the visitor's tastes, what is popular, what is new, and a seeded sample
 * of the rest. Deduplicated; the first source to name an item is kept. */
export function gatherCandidates(request: CandidateRequest): readonly Candidate[] {
  const { profile, now, halfLifeDays, each = 60, random } = request;
  const catalog = request.catalog.filter((item) => item.available !== false);
  const taste = tastes(profile, now, halfLifeDays);
  const chosen = new Map<string, Candidate>();
  const take = (source: CandidateSource, items: readonly Item[]) => {
    for (const item of items.slice(0, each)) {
      if (!chosen.has(item.id)) chosen.set(item.id, { item, source });
    }
  };
  const liked = (item: Item) => (item.tags ?? []).reduce((sum, tag) => sum + (taste.get(tag) ?? 0), 0);
  take(
    'affinity',
    best(catalog, liked).filter((item) => liked(item) > 0),
  );
  take('popular', best(catalog, popularityOf));
  take(
    'fresh',
    best(catalog, (item) => Date.parse(item.publishedAt ?? '') || 0),
  );
  take('explore', best(catalog, random));
  return [...chosen.values()];
}

/** The item's popularity as the pack states it, 0 where it does not. */
export function popularityOf(item: Item): number {
  const value = item.attributes?.popularity;
  return typeof value === 'number' ? value : 0;
}

/** Highest first; ties by id, so that every engine gives one order. */
function best(items: readonly Item[], value: (item: Item) => number): readonly Item[] {
  return items
    .map((item) => ({ item, value: value(item) }))
    .sort((a, b) => b.value - a.value || (a.item.id < b.item.id ? -1 : 1))
    .map(({ item }) => item);
}
