import type { Item } from '../item.ts';
import { log } from '../math.ts';
import { own } from '../own.ts';
import type { RecentItem } from '../profile/recent-item.ts';
import type { FeatureTable } from './feature-table.ts';
import { hotColumns } from './hot-columns.ts';
import { matchColumns } from './match-columns.ts';
import { numberColumns } from './number-columns.ts';

/** What most packs need. It is in every page, so a name belongs here only if nearly every pack says it. */
export const basicFeatures: FeatureTable = {
  kinds: { match: matchColumns, number: numberColumns, 'one-hot': hotColumns, 'multi-hot': hotColumns },
  // A field that this version does not have is missing, as a signal it does not have is unknown.
  sources: {
    item: (field) => (item) => item[field as keyof Item],
    attribute:
      (name) =>
      ({ attributes }) =>
        own(attributes, name),
    recent:
      (field) =>
      ({ id }, { recents }) =>
        recents.get(id)?.[field as keyof RecentItem],
    affinity:
      (field) =>
      (item, { profile, taste }) => {
        // Of whom nothing is remembered no taste is known, not even that there is none.
        const tags = (profile && item.tags) ?? [];
        // As a sum that starts at its first number.
        let sum = -0;
        let max = -Infinity;
        for (const tag of tags) {
          const value = taste.get(tag) ?? 0;
          sum += value;
          max = Math.max(max, value);
        }
        // Neither is finite without tags.
        return field === 'max' ? max : sum / tags.length;
      },
  },
  transforms: {
    log1p: () => (x) => {
      for (let i = 0; i < x.length; i++) x[i] = log(1 + Math.max(0, x[i] as number));
    },
    share: () => (x) => {
      const sorted = sortedOf(x);
      for (let i = 0; i < x.length; i++)
        x[i] = below(sorted, x[i] as number) / Math.max(1, sorted.length - 1);
    },
  },
};

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
