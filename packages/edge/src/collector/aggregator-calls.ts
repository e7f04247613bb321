import type { TotalsReport } from '@inkling/core/totals';
import type { Day } from './day.ts';
import type { CellTotals, ReleasedCell, ReleaseRule } from './release.ts';

/** `known`: this batch has been counted before. `full`: the shard takes no more cells today. */
export type CountOutcome = 'counted' | 'known' | 'full';

/** What an aggregator does when it is asked: the first three as a shard, the others as the keeper of what was released. */
export interface AggregatorCalls {
  /** Counts a batch once. What it answers is on disk. @param now epoch ms */
  count(call: { readonly report: TotalsReport; readonly now: number }): Promise<CountOutcome>;
  /** Lets nothing more into a day, and gives its totals; null while the day is not over. */
  seal(call: { readonly day: Day; readonly now: number }): readonly CellTotals[] | null;
  /** Deletes the totals of a day. */
  forget(call: { readonly day: Day }): void;
  /** Null where nothing was released yet. */
  released(call: { readonly day: Day }): readonly ReleasedCell[] | null;
  /** Draws the noise and keeps what comes of it. Where that was done before, gives what was kept then. */
  release(call: {
    readonly day: Day;
    readonly totals: readonly CellTotals[];
    readonly rule: ReleaseRule;
  }): readonly ReleasedCell[];
}
