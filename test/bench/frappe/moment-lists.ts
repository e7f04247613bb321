import { type EncodedLists, encodedInMemory } from '@inkling/cli';
import { createContext, type Encoder, emptyProfile, type Item } from '@inkling/core';
import type { Use } from './read-uses.ts';
import { redrawnLists } from './redrawn-lists.ts';

/** Apps beside the used one in a drawn list. */
const OTHERS = 40;

/** Features of apps in the moment of a use; who it is and what the app costs is not said. */
export function encodeMoment(encoder: Encoder, { words }: Use, items: readonly Item[]): Float32Array {
  const { cost, ...moment } = words;
  return encoder.encode({ context: createContext({ custom: moment }), profile: undefined, items, now: 0 });
}

/** Each use with all candidates, among which it is. Uses of one moment share the features of their lists. */
export function wholeLists(
  encoder: Encoder,
  uses: readonly Use[],
  candidates: readonly Item[],
): EncodedLists {
  const remember = <T>(make: (use: Use) => T, keyOf: (use: Use) => string) => {
    const made = new Map<string, T>();
    return (use: Use): T => {
      const key = keyOf(use);
      const value = made.get(key) ?? make(use);
      made.set(key, value);
      return value;
    };
  };
  const featuresOf = remember(
    (use) => encodeMoment(encoder, use, candidates),
    ({ words }) => JSON.stringify(words),
  );
  const labelsOf = remember(
    (use) => candidates.map(({ id }) => Number(id === use.item)),
    ({ item }) => item,
  );
  const profile = emptyProfile(0, '');
  const examples = uses.map((use, index) => ({
    list: {
      ...{ kind: 'list' as const, id: `${index}`, visitor: use.user, at: 0, context: {}, items: candidates },
      ...{ labels: labelsOf(use), propensity: 1 },
    },
    features: featuresOf(use),
    profile,
  }));
  return encodedInMemory(encoder.width, examples);
}

/** Each use with other candidates, drawn anew in every epoch.
 * @param rank place among the candidates */
export function drawnLists(
  encoder: Encoder,
  uses: readonly Use[],
  candidates: readonly Item[],
  rank: ReadonlyMap<string, number>,
): EncodedLists {
  const counts = new Map<string, number>();
  for (const { user } of uses) counts.set(user, (counts.get(user) ?? 0) + 1);
  return redrawnLists(encoder.width, uses, (use, random) => {
    const items = [candidates[rank.get(use.item) as number] as Item];
    while (items.length <= OTHERS) {
      const other = candidates[random() % candidates.length] as Item;
      if (other.id !== use.item) items.push(other);
    }
    const labels = items.map((_, index) => Number(index === 0));
    // So that a few who use much do not speak for all.
    const weight = 1 / Math.sqrt(counts.get(use.user) as number);
    return { visitor: use.user, features: encodeMoment(encoder, use, items), labels, weight };
  });
}
