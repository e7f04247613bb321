import type { Item } from '@inkling/core';
import type { SearchVisit, Touched } from './search-visit.ts';

/** What a page could hand over with a list. */
export interface DescribedList {
  /** Signals that the site declares for itself. */
  readonly custom: Readonly<Record<string, string | number>>;
  readonly items: readonly Item[];
}

/** Tells of a list what follows from the rows before it, and from the list itself; what is not known is left out.
 * @param filters those in force
 * @param at epoch ms */
export function describeList(
  visit: SearchVisit,
  items: readonly Item[],
  { filters, at }: { readonly filters: readonly string[]; readonly at: number },
): DescribedList {
  const known = items.map(({ id }) => visit.touched.get(id));
  const prices = items.map(({ price = 0 }) => Math.log(price));
  const touched = known.flatMap((item, place) => (item ? [place] : []));
  const recent = [...touched].sort((a, b) => lastAct(known[b]) - lastAct(known[a]));
  const clicked = recent.filter((place) => known[place]?.counts.clickouts);
  const latest = known[recent[0] ?? -1];
  const touchedPrice = touched.reduce((sum, place) => sum + (prices[place] as number), 0) / touched.length;
  const actsInList = touched.reduce((sum, place) => sum + (known[place]?.acts ?? 0), 0);
  let cheapest = Number.POSITIVE_INFINITY;
  const described = items.map((item, place): Item => {
    const own = known[place];
    const shown = visit.shown.get(item.id);
    const price = prices[place] as number;
    const bargain = place > 0 ? price - cheapest : 0;
    cheapest = Math.min(cheapest, price);
    const [last = Number.NaN, second = Number.NaN] = recent;
    const numbers = {
      ...own?.counts,
      acts: own?.acts,
      runs: own?.runs,
      seconds: own?.seconds,
      actsAgo: own && visit.acts - own.lastAct,
      actShare: own && own.acts / actsInList,
      shown: shown?.times,
      moved: shown && place - shown.place,
      priceChange: shown && price - Math.log(shown.price),
      beyond: place - (touched.at(-1) ?? Number.NaN),
      ahead: place - (touched[0] ?? Number.NaN),
      second: place - second,
      // Steps onward in the direction in which the visitor went last.
      onward: (place - last) * Math.sign(last - second),
      clickOffset: place - (clicked[0] ?? Number.NaN),
      nearestTouched: Math.min(...touched.map((other) => Math.abs(other - place))),
      touchedAbove: touched.filter((other) => other < place).length,
      touchedBelow: touched.filter((other) => other > place).length,
      touchedPrice: price - touchedPrice,
      touchedPriceGap: Math.abs(price - touchedPrice),
      priceAbove: price - (prices[place - 1] ?? Number.NaN),
      priceBelow: price - (prices[place + 1] ?? Number.NaN),
      bargain,
    };
    const attributes = Object.fromEntries(
      Object.entries(numbers).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
    );
    return { ...item, attributes: own ? { ...attributes, lastKind: own.lastKind } : attributes };
  });
  const looked = visit.touched.get(visit.lastItem);
  const rising = prices.filter((price, place) => place > 0 && price >= (prices[place - 1] as number)).length;
  const overlap = items.filter(({ id }) => visit.list.includes(id)).length / items.length;
  return {
    items: described,
    custom: {
      sort: visit.sort,
      sortFilter: filters.find((filter) => /^(Sort|Focus|Best Value)/i.test(filter)) ?? 'none',
      filters: filters.length,
      lastAction: visit.lastType,
      lastKind: latest?.lastKind ?? 'none',
      acts: visit.acts,
      clickouts: visit.clickouts,
      filterActs: visit.filterActs,
      sortActs: visit.sortActs,
      secondsSinceAct: (at - visit.lastAt) / 1000,
      minutes: (at - visit.startedAt) / 60_000,
      itemsTouched: visit.touched.size,
      touchedInList: touched.length,
      clickedInList: clicked.length,
      spread: (touched.at(-1) ?? 0) - (touched[0] ?? 0),
      lastItemActs: looked?.acts ?? 0,
      lastItemSeconds: looked?.seconds ?? 0,
      lastItemClicked: Number((looked?.counts.clickouts ?? 0) > 0),
      lastItemInList: Number(items.some(({ id }) => id === visit.lastItem)),
      actsSinceItem: latest ? visit.acts - latest.lastAct : 0,
      secondsSinceItem: latest ? (at - latest.lastAt) / 1000 : 0,
      overlap: visit.list.length > 0 ? overlap : 'unknown',
      rising: rising / Math.max(1, items.length - 1),
      length: items.length,
    },
  };
}

function lastAct(touched: Touched | undefined): number {
  return touched?.lastAct ?? -1;
}
