import type { Log, LoggedEvent, LoggedList } from '@inkling/cli';
import { type Item, type Prng, prng } from '@inkling/core';
import type { MovieLens, Rating } from './read-movielens.ts';

/** Latest choices of each user that a ranker is fitted to, and films beside each that the user had not rated. */
const LISTS = 10;
const OTHERS = 60;

export interface MovieLensLogs {
  readonly training: Log;
  /** What each user had rated before, and then one list of all films that the user had not rated: the last one is chosen. */
  readonly test: Log;
  /** How many users rated each film in the training data. */
  readonly raters: ReadonlyMap<string, number>;
}

/** The last film of each test user is held out, and all else of both files is training data: users of both come with all
 * that they rated before. */
export function makeLogs(train: MovieLens, test: MovieLens): MovieLensLogs {
  const data: MovieLens = {
    ratings: train.ratings,
    items: new Map([...train.items, ...test.items]),
    people: new Map([...train.people, ...test.people]),
  };
  const heldOut = new Map([...test.ratings].map(([user, all]) => [user, (all.at(-1) as Rating).item]));
  const known = new Map<string, readonly Rating[]>();
  for (const user of new Set([...train.ratings.keys(), ...test.ratings.keys()])) {
    const both = [...(train.ratings.get(user) ?? []), ...(test.ratings.get(user) ?? [])];
    const once = new Map(both.map((rating) => [rating.item, rating]));
    once.delete(heldOut.get(user) ?? '');
    known.set(
      user,
      [...once.values()].sort((a, b) => a.at - b.at),
    );
  }
  const raters = new Map<string, number>();
  for (const all of known.values()) for (const { item } of all) raters.set(item, (raters.get(item) ?? 0) + 1);
  const random = prng('movielens', 'others');
  const training = [...known].flatMap(([user, all]) => trainingOf(data, { user, all, raters, random }));
  const tested = [...test.ratings].flatMap(([user, all]) => {
    const last = all.at(-1) as Rating;
    const history = known.get(user) ?? [];
    const seen = new Set(history.map(({ item }) => item));
    const ids = [...data.items.keys()].filter((id) => !seen.has(id));
    return [
      ...history.map((rating) => eventOf(user, rating)),
      listOf(data, { user, rating: last, ids, count: (id) => raters.get(id) ?? 0 }),
    ];
  });
  const byTime = (a: Log[number], b: Log[number]) => a.at - b.at;
  return { training: training.sort(byTime), test: tested.sort(byTime), raters };
}

interface TrainingUser {
  readonly user: string;
  readonly all: readonly Rating[];
  readonly raters: ReadonlyMap<string, number>;
  readonly random: Prng;
}

function trainingOf(data: MovieLens, { user, all, raters, random }: TrainingUser): Log {
  const rated = new Set(all.map(({ item }) => item));
  // What others did: a film's own raters without this user, so that no choice is among its own features.
  const count = (id: string) => (raters.get(id) ?? 0) - Number(rated.has(id));
  const films = [...data.items.keys()];
  return all.map((rating, index) => {
    if (index < all.length - LISTS) return eventOf(user, rating);
    const seen = new Set(all.slice(0, index + 1).map(({ item }) => item));
    const ids = new Set([rating.item]);
    while (ids.size <= OTHERS) {
      const id = films[random() % films.length] as string;
      if (!seen.has(id)) ids.add(id);
    }
    return listOf(data, { user, rating, ids: [...ids], count });
  });
}

interface ListParts {
  readonly user: string;
  readonly rating: Rating;
  readonly ids: readonly string[];
  readonly count: (id: string) => number;
}

function listOf({ items, people }: MovieLens, { user, rating, ids, count }: ListParts): LoggedList {
  // By number, so that the chosen one is not the first.
  const ordered = [...ids].sort((a, b) => Number(a) - Number(b));
  return {
    ...{ kind: 'list', id: `${user} ${rating.item}`, visitor: user, at: rating.at, propensity: 1 },
    context: people.get(user) ?? {},
    items: ordered.map((id): Item => {
      const item = items.get(id) ?? { id };
      return { ...item, attributes: { ...item.attributes, raters: count(id) } };
    }),
    labels: ordered.map((id) => Number(id === rating.item)),
  };
}

function eventOf(user: string, { item, at }: Rating): LoggedEvent {
  return { kind: 'event', visitor: user, at, type: 'click', item };
}
