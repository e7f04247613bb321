import type { Item } from '@inkling/core';
import type { Popularity } from '../dataset/popularity.ts';

/** What one list's first k items are like, beside being chosen; a figure is absent where the items do not say. */
export interface ListVariety {
  /** Mean self-information of the items in bits, −log₂ of the popularity: how surprising it is that one is chosen (Zhou et
   * al., PNAS 107(10), 2010). Items of unknown popularity are left out. */
  readonly novelty?: number;
  /** Mean distance of two items, 1 − Jaccard similarity of their tags (intra-list similarity of Ziegler et al., WWW 2005,
   * turned round). */
  readonly diversity?: number;
  /** Distinct groups among the items. */
  readonly groups?: number;
  /** Distinct tags among the items. */
  readonly tags?: number;
}

export type VarietyName = keyof ListVariety;

export const VARIETIES: readonly VarietyName[] = ['novelty', 'diversity', 'groups', 'tags'];

/** @param top the first k items of a list, as ordered */
export function varietyOf(top: readonly Item[], popularity: Popularity): ListVariety {
  const bits = top.flatMap(({ id }) => {
    const chosen = popularity.get(id) ?? 0;
    return chosen > 0 ? [-Math.log2(chosen)] : [];
  });
  const tagged = top.flatMap(({ tags = [] }) => (tags.length > 0 ? [new Set(tags)] : []));
  const distances = tagged.flatMap((a, index) => tagged.slice(index + 1).map((b) => distance(a, b)));
  const groups = top.flatMap(({ group }) => group ?? []);
  return {
    ...(bits.length > 0 && { novelty: mean(bits) }),
    ...(distances.length > 0 && { diversity: mean(distances) }),
    ...(groups.length > 0 && { groups: new Set(groups).size }),
    ...(tagged.length > 0 && { tags: new Set(tagged.flatMap((tags) => [...tags])).size }),
  };
}

/** Gini index of how often items were shown, over all that could have been: 0 where each was shown as often, near 1 where
 * one had it all (Fleder and Hosanagar, Management Science 55(5), 2009). 0 where nothing was shown. */
export function gini(shown: readonly number[]): number {
  const n = shown.length;
  const total = shown.reduce((a, b) => a + b, 0);
  if (total === 0) return 0;
  const ranked = [...shown].sort((a, b) => a - b);
  return ranked.reduce((sum, count, index) => sum + (2 * (index + 1) - n - 1) * count, 0) / (n * total);
}

function distance(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((tag) => b.has(tag)).length;
  return 1 - shared / (a.size + b.size - shared);
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
