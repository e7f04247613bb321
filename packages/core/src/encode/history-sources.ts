import type { Item } from '../item.ts';
import { log } from '../math.ts';
import { own } from '../own.ts';
import { isAbandoned } from '../profile/recent-item.ts';
import type { FeatureTable, Read } from './feature-table.ts';
import { named, numberOf, once } from './source.ts';

const MINUTE = 60_000;

/** What follows from what the visitor did before: to this item, to the one touched last, and altogether. */
export const historySources: FeatureTable['sources'] = {
  taste:
    (tag) =>
    (_, { taste }) =>
      taste.get(tag),
  last: (field) => named(LAST, field)(),
  history: (field) => once(named(HISTORY, field)),
};

const LAST: Readonly<Record<string, () => Read>> = {
  minutes:
    () =>
    ({ id }, { recents, now }) =>
      minutesSince(recents.get(id), now),
  rank:
    () =>
    ({ id }, { recents, profile }) => {
      const recent = recents.get(id);
      return recent && profile?.recents.indexOf(recent);
    },
  same:
    () =>
    ({ id }, { profile }) => {
      const last = profile?.recents[0];
      return last && Number(id === last.id);
    },
  abandoned:
    () =>
    ({ id }, { recents }) => {
      const recent = recents.get(id);
      return recent && Number(isAbandoned(recent));
    },
  offset: offsets,
  after: () => distances(1),
  before: () => distances(-1),
  price() {
    const offset = offsets();
    return (item, list, row) => log(priceOf(item) / priceOf(list.items[row - offset(item, list, row)]));
  },
  neighbours:
    () =>
    ({ id }, { neighbours }) =>
      own(neighbours, id),
};

const HISTORY: Readonly<Record<string, Read<number | undefined>>> = {
  overlap(_, { items, recents }) {
    const shared = items.filter(({ id }) => recents.has(id)).length;
    return recents.size > 0 ? shared / items.length : undefined;
  },
  actions: (_, { profile }) => profile?.recents.reduce((sum, { views, clicks }) => sum + views + clicks, 0),
  minutes: (_, { profile, now }) => minutesSince(profile?.recents[0], now),
};

/** Steps from the item touched last; NaN where that is not in the list. */
function offsets(): Read<number> {
  const lastRow = once((_, { items, profile }) => {
    const row = items.findIndex(({ id }) => id === profile?.recents[0]?.id);
    return row < 0 ? NaN : row;
  });
  return (item, list, row) => row - lastRow(item, list, row);
}

/** Items between, in one direction; NaN where there is no step in it. */
function distances(direction: 1 | -1): Read<number> {
  const offset = offsets();
  return (...row) => {
    const steps = direction * offset(...row);
    return steps > 0 ? steps - 1 : NaN;
  };
}

/** NaN where it is not above 0. */
function priceOf(item: Item | undefined): number {
  const price = numberOf(item?.price);
  return price > 0 ? price : NaN;
}

function minutesSince(recent: { readonly at: number } | undefined, now: number): number | undefined {
  return recent && Math.max(0, now - recent.at) / MINUTE;
}
