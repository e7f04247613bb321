import { log } from '../math.ts';
import type { Profile } from '../profile/profile.ts';
import type { RecentItem } from '../profile/recent-item.ts';
import type { Columns, EncodeInput } from './encode-input.ts';
import type { Feature, RecentMeasure } from './feature-spec.ts';

const MINUTE = 60_000;

/** Columns that follow from what the visitor looked at last. */
export function recentColumns(feature: Extract<Feature, { kind: 'recent' | 'history' }>): Columns {
  return feature.kind === 'history'
    ? {
        unknown: [0, 0, 0],
        prepare(input) {
          const values = historyOf(input);
          return () => values;
        },
      }
    : { unknown: [0], prepare: (input) => recentRows(feature.measure, input) };
}

function recentRows(
  measure: RecentMeasure,
  { profile, items, now }: EncodeInput,
): (row: number) => readonly number[] {
  const recents = profile?.recents ?? [];
  const lastRow = items.findIndex((item) => item.id === recents[0]?.id);
  if (measure === 'after-last' || measure === 'before-last') {
    const sign = measure === 'after-last' ? 1 : -1;
    return (row) => {
      const distance = sign * (row - lastRow);
      return [lastRow >= 0 && distance > 0 ? 1 / distance : 0];
    };
  }
  return (row) => {
    const rank = recents.findIndex((recent) => recent.id === items[row]?.id);
    const recent = recents[rank];
    return [recent ? measured(measure, recent, rank, now) : 0];
  };
}

function measured(measure: RecentMeasure, recent: RecentItem, rank: number, now: number): number {
  if (measure === 'last') return Number(rank === 0);
  if (measure === 'rank') return 1 / (1 + rank);
  if (measure === 'views') return log(1 + recent.views);
  if (measure === 'clicks') return log(1 + recent.clicks);
  return 1 / (1 + Math.max(0, now - recent.at) / MINUTE);
}

function historyOf({ profile, items, now }: EncodeInput): readonly number[] {
  const recents: Profile['recents'] = profile?.recents ?? [];
  const newest = recents[0];
  if (!newest || items.length === 0) return [0, 0, 0];
  const ids = new Set(items.map((item) => item.id));
  const shared = recents.filter((recent) => ids.has(recent.id)).length;
  const actions = recents.reduce((sum, recent) => sum + recent.views + recent.clicks, 0);
  return [shared / items.length, log(1 + actions), 1 / (1 + Math.max(0, now - newest.at) / MINUTE)];
}
