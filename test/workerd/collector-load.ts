import { createHash } from 'node:crypto';
import { type Prng, prng } from '@inkling/core';
import { MOMENTS, type TotalsCell, type TotalsReport } from '@inkling/core/totals';
import type { Collecting } from './start-collector.ts';

export interface LoadOptions {
  readonly reports: number;
  readonly connections: number;
  /** By which it begins. Epoch ms. */
  readonly now: number;
  /** Done before each report. @param now of the clock that the reports go by @default nothing */
  readonly beside?: ((now: number) => Promise<void>) | undefined;
}

export interface LoadResult {
  /** What the totals must be: by cell, batches, exposures and rewards. */
  readonly expected: ReadonlyMap<string, Counts>;
  /** How often each status came, 0 where there was no answer. */
  readonly statuses: ReadonlyMap<number, number>;
  readonly requests: number;
  readonly seconds: number;
}

export type Counts = readonly [batches: number, exposures: number, rewards: number];

/** Sends reports over some connections at a time, until each was acknowledged. Some are sent twice at once, some again
 * after they were acknowledged. */
export async function load(collecting: Collecting, options: LoadOptions): Promise<LoadResult> {
  const { reports, connections, now, beside } = options;
  const expected = new Map<string, Counts>();
  const statuses = new Map<number, number>();
  let [next, requests] = [0, 0];
  const began = performance.now();

  async function send(report: TotalsReport): Promise<boolean> {
    // A thousand in a second, from 4,096 addresses: each stays within its share of a minute.
    const headers = { 'test-now': String(now + requests++), 'test-address': report.batch.slice(0, 3) };
    const status = await collecting.report(report, headers);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    return status === 202;
  }

  async function connection(): Promise<void> {
    while (next < reports) {
      const place = next++;
      const random = prng('load', String(place));
      const report = reportOf(place, random);
      note(expected, report);
      await beside?.(now + requests);
      const kind = random() % 20;
      // One in twenty twice at once; one in twenty again, though it is counted.
      if (kind === 0) await Promise.all([send(report), send(report)]);
      while (!(await send(report)));
      if (kind === 1) await send(report);
    }
  }

  await Promise.all(Array.from({ length: connections }, connection));
  return { expected, statuses, requests, seconds: (performance.now() - began) / 1000 };
}

/** The cells and sums that a report adds to, by the names that they are kept under. */
export function cellsOf({ cells }: TotalsReport): ReadonlySet<string> {
  const names = cells.flatMap(([version, slot, arm, variation, moment]) =>
    [moment, 'all'].map((each) => JSON.stringify([version, slot, arm, variation, each])),
  );
  return new Set(names);
}

/** The totals of one day over all shards. */
export async function countedBy(collecting: Collecting, day: number): Promise<ReadonlyMap<string, Counts>> {
  const counted = new Map<string, Counts>();
  for (const { cells } of await collecting.look()) {
    for (const { cell, batches, exposures, rewards, ...row } of cells) {
      if (row.day === day) add(counted, cell, [batches, exposures, rewards]);
    }
  }
  return counted;
}

/** The report of that place in the load. */
export function reportOf(place: number, random: Prng = prng('load', String(place))): TotalsReport {
  const pick = <T>(all: readonly T[]) => all[random() % all.length] as T;
  const cells = new Map<string, TotalsCell>();
  for (let left = 1 + (random() % 4); left > 0; left--) {
    const exposures = 1 + (random() % 4);
    const cell: TotalsCell = [
      // A newer pack, which few have yet: there some cells are too small, however many report.
      random() % 10 ? 7 : 8,
      pick(['grid', 'hero', 'news']),
      pick<TotalsCell[2]>(['personalized', 'holdout']),
      pick(['', 'price:a', 'price:b']),
      // Some moments are rare.
      MOMENTS[Math.floor((random() % 42) ** 2 / 42)] as string,
      exposures,
      random() % (exposures + 1),
    ];
    cells.set(cell.slice(0, 5).join(' '), cell);
  }
  const batch = createHash('sha256').update(`batch ${place}`).digest('hex').slice(0, 32);
  return { batch, cells: [...cells.values()] };
}

function note(expected: Map<string, Counts>, { cells }: TotalsReport): void {
  const sums = new Map<string, Counts>();
  for (const [version, slot, arm, variation, moment, exposures, rewards] of cells) {
    add(expected, JSON.stringify([version, slot, arm, variation, moment]), [1, exposures, rewards]);
    add(sums, JSON.stringify([version, slot, arm, variation, 'all']), [0, exposures, rewards]);
  }
  for (const [cell, [, exposures, rewards]] of sums) add(expected, cell, [1, exposures, rewards]);
}

function add(counts: Map<string, Counts>, cell: string, [batches, exposures, rewards]: Counts): void {
  const [a, b, c] = counts.get(cell) ?? [0, 0, 0];
  counts.set(cell, [a + batches, b + exposures, c + rewards]);
}
