import { log } from '../math.ts';
import type { EncodeList, FeatureTable } from './feature-table.ts';
import { numberOf } from './source.ts';

const MINUTE = 60_000;

/** What follows from what the visitor did before: to this item, to the one touched last, and altogether. */
export const historySources: FeatureTable['sources'] = {
  taste: ({ taste }, _, tag) => taste.get(tag),
  'last:minutes': ({ items, recents, now }, row) => minutesSince(recents.get(items[row]?.id as string), now),
  'last:rank': ({ items, recents, profile }, row) => {
    const recent = recents.get(items[row]?.id as string);
    return recent && profile?.recents.indexOf(recent);
  },
  'last:same': ({ items, profile }, row) => {
    const last = profile?.recents[0];
    return last && Number(items[row]?.id === last.id);
  },
  'last:offset': offset,
  'last:after': (list, row) => distance(offset(list, row)),
  'last:before': (list, row) => distance(-offset(list, row)),
  'last:price': ({ items, ...list }, row) => {
    const price = (at: number) => {
      const value = numberOf(items[at]?.price);
      return value > 0 ? value : NaN;
    };
    return log(price(row) / price(row - offset({ items, ...list }, row)));
  },
  'last:neighbours': ({ items, neighbours }, row) => neighbours?.(items[row]?.id as string),
  'history:overlap': (list) => once(list, overlap),
  'history:actions': (list) => once(list, actions),
  'history:minutes': ({ profile, now }) => minutesSince(profile?.recents[0], now),
};

/** NaN where the item touched last is not in the list. */
function offset(list: EncodeList, row: number): number {
  const last = once(list, lastRow);
  return last < 0 ? NaN : row - last;
}

function lastRow({ items, profile }: EncodeList): number {
  const id = profile?.recents[0]?.id;
  return items.findIndex((item) => item.id === id);
}

/** Items between; NaN where there is no step in that direction. */
function distance(steps: number): number {
  return steps > 0 ? steps - 1 : NaN;
}

function overlap({ items, recents }: EncodeList): number {
  const shared = items.filter(({ id }) => recents.has(id)).length;
  return recents.size > 0 ? shared / items.length : NaN;
}

function actions({ profile }: EncodeList): number {
  return profile?.recents.reduce((sum, recent) => sum + recent.views + recent.clicks, 0) ?? NaN;
}

function minutesSince(recent: { readonly at: number } | undefined, now: number): number | undefined {
  return recent && Math.max(0, now - recent.at) / MINUTE;
}

/** What `compute` gives for the list, computed when it is first asked for. */
function once(list: EncodeList, compute: (list: EncodeList) => number): number {
  const known = list.memo.get(compute);
  if (known !== undefined) return known;
  const value = compute(list);
  list.memo.set(compute, value);
  return value;
}
