import type { Item } from '@inkling/core';
import { viewList } from './list-view.ts';
import { meanOfKnown } from './mean-of-known.ts';
import { placeNumbers } from './place-numbers.ts';
import { priceNumbers } from './price-numbers.ts';
import type { SearchVisit } from './search-visit.ts';

/** What a page could hand over with a list. */
export interface DescribedList {
  /** Signals that the site declares for itself. */
  readonly custom: Readonly<Record<string, string | number>>;
  readonly items: readonly Item[];
}

/** Tells of a list what follows from the rows before it, and from the list itself; what is not known is left out.
 * @param at epoch ms */
export function describeList(visit: SearchVisit, items: readonly Item[], at: number): DescribedList {
  const view = viewList(visit, items);
  const { known, touched, recent } = view;
  const [placeOf, priceOf] = [placeNumbers(view), priceNumbers(view)];
  const actsInList = touched.reduce((sum, place) => sum + (known[place]?.acts ?? 0), 0);
  const described = items.map((item, place): Item => {
    const own = known[place];
    const ownNumbers = own && {
      ...own.counts,
      seconds: own.seconds,
      runActs: own.runActs,
      runSeconds: own.runSeconds,
      actsSinceClick: own.actsSinceClick,
      actShare: own.acts / actsInList,
    };
    const numbers = Object.entries({ ...ownNumbers, ...placeOf(place), ...priceOf(place) });
    const attributes = Object.fromEntries(numbers.filter(([, value]) => Number.isFinite(value)));
    return { ...item, attributes: own ? { ...attributes, lastKind: own.lastKind } : attributes };
  });
  const looked = visit.touched.get(visit.lastItem);
  const latest = known[recent[0] ?? -1];
  return {
    items: described,
    custom: {
      lastAction: visit.lastType,
      lastKind: latest?.lastKind ?? 'none',
      minutes: (at - visit.startedAt) / 60_000,
      secondsSinceAct: (at - visit.lastAt) / 1000,
      secondsSinceItem: latest ? (at - latest.lastAt) / 1000 : 0,
      lastItemActs: looked?.acts ?? 0,
      lastItemSeconds: looked?.seconds ?? 0,
      lastItemInList: Number(items.some(({ id }) => id === visit.lastItem)),
      newClicks: visit.clicks.filter(({ isNew }) => isNew).length,
      clickPlace: visit.clicks.length > 0 ? meanOfKnown(visit.clicks.map(({ place }) => place)) : 'unknown',
      length: items.length,
    },
  };
}
