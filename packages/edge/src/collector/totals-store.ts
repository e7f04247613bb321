import type { TotalsReport } from '@inkling/core/totals';
import type { CountOutcome } from './aggregator-calls.ts';
import { type AggregatorNamespace, callAggregator } from './call-aggregator.ts';
import { type Day, dayOf } from './day.ts';
import type { CellTotals, ReleasedCell, ReleaseRule } from './release.ts';
import { TOTALS_DAYS } from './shard.ts';

/** Where batches are counted, over all objects that share the work. */
export interface TotalsStore {
  count(report: TotalsReport, now: number): Promise<CountOutcome>;
  /** The same numbers whenever it is asked. Undefined while the day is not over, and where it was not asked for in time. */
  release(day: Day, now: number): Promise<readonly ReleasedCell[] | undefined>;
  /** Deletes what a released day was made of. */
  forget(day: Day): Promise<void>;
}

const RELEASES = 'releases';

export function createTotalsStore(
  namespace: AggregatorNamespace,
  rule: ReleaseRule,
  shards: number,
): TotalsStore {
  const names = Array.from({ length: shards }, (_, shard) => `shard-${shard}`);
  return {
    // The id is uniform already.
    count: (report, now) =>
      callAggregator(namespace, `shard-${Number.parseInt(report.batch.slice(0, 8), 16) % shards}`, 'count', {
        report,
        now,
      }),
    async release(day, now) {
      const kept = await callAggregator(namespace, RELEASES, 'released', { day });
      if (kept) return kept;
      if (day < dayOf(now) - TOTALS_DAYS) return undefined;
      const parts = await Promise.all(
        names.map((name) => callAggregator(namespace, name, 'seal', { day, now })),
      );
      if (parts.includes(null)) return undefined;
      const totals = sumOf(parts.flatMap((part) => part ?? []));
      return callAggregator(namespace, RELEASES, 'release', { day, totals, rule });
    },
    async forget(day) {
      await Promise.all(names.map((name) => callAggregator(namespace, name, 'forget', { day })));
    },
  };
}

function sumOf(parts: readonly CellTotals[]): readonly CellTotals[] {
  const sums = new Map<string, CellTotals>();
  for (const part of parts) {
    const name = part.cell.join(' ');
    const before = sums.get(name);
    sums.set(name, {
      cell: part.cell,
      batches: part.batches + (before?.batches ?? 0),
      exposures: part.exposures + (before?.exposures ?? 0),
      rewards: part.rewards + (before?.rewards ?? 0),
    });
  }
  return [...sums.values()];
}
