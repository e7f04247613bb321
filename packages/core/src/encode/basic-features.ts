import type { Item } from '../item.ts';
import { log } from '../math.ts';
import type { RecentItem } from '../profile/profile.ts';
import type { EncodeList, FeatureTable } from './feature-table.ts';
import { hotColumns } from './hot-columns.ts';
import { matchColumns } from './match-columns.ts';
import { numberColumns } from './number-columns.ts';
import { own } from './source.ts';

/** What most packs need. It is in every page, so a name belongs here only if nearly every pack says it. */
export const basicFeatures: FeatureTable = {
  kinds: { 'one-hot': hotColumns, 'multi-hot': hotColumns, match: matchColumns, number: numberColumns },
  sources: {
    item: ({ items }, row, field) => items[row]?.[field as keyof Item],
    attribute: ({ items }, row, name) => own(items[row]?.attributes, name),
    recent: ({ items, recents }, row, field) =>
      recents.get(items[row]?.id as string)?.[field as keyof RecentItem],
    'affinity:mean': affinity,
    'affinity:max': affinity,
  },
  transforms: {
    log1p: (x) => x.map((value) => log(1 + Math.max(0, value))),
    share(x) {
      const sorted = sortedOf(x);
      return x.map((value) => below(sorted, value) / Math.max(1, sorted.length - 1));
    },
  },
};

function affinity({ items, taste }: EncodeList, row: number, field: string): number {
  const tags = items[row]?.tags ?? [];
  let sum = 0;
  let max = -Infinity;
  for (const tag of tags) {
    const value = taste.get(tag) ?? 0;
    sum += value;
    max = Math.max(max, value);
  }
  // Neither is finite without tags.
  return field === 'max' ? max : sum / tags.length;
}

/** The numbers that are not missing, lowest first. */
export function sortedOf(x: Float64Array): Float64Array {
  // A typed array sorts NaN to its end; no number is above what f32 holds.
  const sorted = x.slice().sort();
  return sorted.subarray(0, below(sorted, 1e99));
}

/** How many of the sorted numbers are below the value; NaN for NaN. */
function below(sorted: Float64Array, value: number): number {
  let low = value - value;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
