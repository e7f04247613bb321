import type { Item } from '@inkling/core';
import type { SearchVisit, Touched } from './search-visit.ts';

/** A list as its visitor has come to know it. */
export interface ListView {
  readonly visit: SearchVisit;
  readonly items: readonly Item[];
  /** What was done to each item, if anything. */
  readonly known: readonly (Touched | undefined)[];
  /** ln of each price. */
  readonly prices: readonly number[];
  /** Places of what was touched, from the top. */
  readonly touched: readonly number[];
  /** The same, the latest first. */
  readonly recent: readonly number[];
  /** Places of the choices of the visit that are in the list, the latest first; NaN for one that is not. */
  readonly clicks: readonly number[];
}

export function viewList(visit: SearchVisit, items: readonly Item[]): ListView {
  const known = items.map(({ id }) => visit.touched.get(id));
  const touched = known.flatMap((own, place) => (own ? [place] : []));
  const lastAct = (place: number) => known[place]?.lastAct ?? -1;
  const places = new Map(items.map(({ id }, place) => [id, place]));
  return {
    visit,
    items,
    known,
    prices: items.map(({ price = 0 }) => Math.log(price)),
    touched,
    recent: [...touched].sort((a, b) => lastAct(b) - lastAct(a)),
    clicks: visit.clicks.map(({ id }) => places.get(id) ?? Number.NaN),
  };
}
