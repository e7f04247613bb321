import type { Example } from '../dataset/build-dataset.ts';
import type { Popularity } from '../dataset/popularity.ts';
import type { ItemNeighbours } from './item-knn.ts';
import { rankBy } from './metrics.ts';

/** Indices of a list's items, best first. */
export type Order = (example: Example) => readonly number[];

/** As the page showed it. */
export const displayed: Order = ({ list }) => [...list.items.keys()];

/** What the visitor touched last comes first, the rest as displayed. */
export const lastSeen: Order = ({ list, profile }) => {
  const last = list.items.findIndex(({ id }) => id === profile.recents[0]?.id);
  return rankBy(list.items.map((_, index) => Number(index === last)));
};

export function byPopularity(popularity: Popularity): Order {
  return ({ list }) => rankBy(list.items.map(({ id }) => popularity.get(id) ?? 0));
}

export function byNeighbours(neighbours: ItemNeighbours): Order {
  return ({ list, profile }) => {
    const nearness = neighbours(profile.recents);
    return rankBy(list.items.map(({ id }) => nearness.get(id) ?? 0));
  };
}
