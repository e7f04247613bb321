import { log } from '../math.ts';
import { isAbandoned } from '../profile/recent-item.ts';
import type { EncodeList, FeatureTable, Read } from './feature-table.ts';
import { named, numberOf, once, own } from './source.ts';

const MINUTE = 60_000;

/** What follows from what the visitor did before: to this item, to the one touched last, and altogether. */
export const historySources: FeatureTable['sources'] = {
  taste:
    (tag) =>
    ({ taste }) =>
      taste.get(tag),
  last: (field) => named(LAST, field)(),
  history: (field) => once(named(HISTORY, field)),
};

const LAST: Readonly<Record<string, () => Read>> = {
  minutes:
    () =>
    ({ items, recents, now }, row) =>
      minutesSince(recents.get(items[row]?.id as string), now),
  rank:
    () =>
    ({ items, recents, profile }, row) => {
      const recent = recents.get(items[row]?.id as string);
      return recent && profile?.recents.indexOf(recent);
    },
  same:
    () =>
    ({ items, profile }, row) => {
      const last = profile?.recents[0];
      return last && Number(items[row]?.id === last.id);
    },
  abandoned:
    () =>
    ({ items, recents }, row) => {
      const recent = recents.get(items[row]?.id as string);
      return recent && Number(isAbandoned(recent));
    },
  offset: offsets,
  after: () => distances(1),
  before: () => distances(-1),
  price() {
    const offset = offsets();
    return (list, row) => log(priceOf(list, row) / priceOf(list, row - offset(list, row)));
  },
  neighbours:
    () =>
    ({ items, neighbours }, row) =>
      own(neighbours, items[row]?.id as string),
};

const HISTORY: Readonly<Record<string, (list: EncodeList) => number | undefined>> = {
  overlap({ items, recents }) {
    const shared = items.filter(({ id }) => recents.has(id)).length;
    return recents.size > 0 ? shared / items.length : undefined;
  },
  actions: ({ profile }) => profile?.recents.reduce((sum, { views, clicks }) => sum + views + clicks, 0),
  minutes: ({ profile, now }) => minutesSince(profile?.recents[0], now),
};

/** Steps from the item touched last; NaN where that is not in the list. */
function offsets(): (list: EncodeList, row: number) => number {
  const lastRow = once(({ items, profile }) => {
    const row = items.findIndex(({ id }) => id === profile?.recents[0]?.id);
    return row < 0 ? NaN : row;
  });
  return (list, row) => row - lastRow(list);
}

/** Items between, in one direction; NaN where there is no step in it. */
function distances(direction: 1 | -1): (list: EncodeList, row: number) => number {
  const offset = offsets();
  return (list, row) => {
    const steps = direction * offset(list, row);
    return steps > 0 ? steps - 1 : NaN;
  };
}

/** NaN where it is not above 0. */
function priceOf({ items }: EncodeList, row: number): number {
  const price = numberOf(items[row]?.price);
  return price > 0 ? price : NaN;
}

function minutesSince(recent: { readonly at: number } | undefined, now: number): number | undefined {
  return recent && Math.max(0, now - recent.at) / MINUTE;
}
