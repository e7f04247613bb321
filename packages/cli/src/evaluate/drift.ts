import type { AnyFeatureSpec } from '@inkling/core';
import { describe } from '@inkling/core/describe';
import { upgradeSpec } from '@inkling/core/full';
import type { Example } from '../dataset/build-dataset.ts';
import type { Database } from '../log/database.ts';
import { holm } from './holm.ts';
import { createDistributionDistance, distanceP } from './kolmogorov-smirnov.ts';
import { createStabilityIndex } from './stability.ts';
import { createValueCounts } from './value-counts.ts';

/** What 0.1 and 0.25 of the stability index are commonly taken to mean (Siddiqi 2006). */
type DriftLevel = 'stable' | 'moderate' | 'large';

export interface ColumnDrift {
  /** As the encoder names it. */
  readonly name: string;
  readonly psi: number;
  /** What the stability index would be in the mean had nothing changed, (bins − 1)(1/n + 1/m) for n and m visitors
   * (Yurdakul and Naranjo, Journal of Risk Model Validation 14(4), 2020): below it nothing is found. */
  readonly expected: number;
  readonly level: DriftLevel;
  /** Two-sample Kolmogorov–Smirnov distance, from 0 to 1. */
  readonly ks: number;
  /** Of that distance, after Holm's correction over the columns. Rows of one visitor are not independent: each visitor
   * counts once. */
  readonly p: number;
}

interface DriftPeriod {
  readonly lists: number;
  readonly items: number;
  readonly visitors: number;
}

/** What `inkling drift --json` prints. */
export interface Drift {
  readonly format: 1;
  readonly before: DriftPeriod;
  readonly after: DriftPeriod;
  /** The largest stability index first. */
  readonly columns: readonly ColumnDrift[];
}

/** Lists of one period; read once. */
type Period = AsyncIterable<Example> | Iterable<Example>;

/** Compares every column of the encoder between two periods, over the items of all lists. Memory holds no list.
 * @param database for what is counted; without tables of the same names */
export async function driftOf(
  [before, after]: readonly [Period, Period],
  spec: AnyFeatureSpec,
  database: Database,
): Promise<Drift> {
  const { features } = upgradeSpec(spec);
  const described = describe(upgradeSpec(spec));
  const counts = await createValueCounts(database, described.length);
  const periods = {
    before: await countPeriod(before, (values) => counts.add('before', values)),
    after: await countPeriod(after, (values) => counts.add('after', values)),
  };
  const items = [periods.before.items, periods.after.items] as const;
  const visitors = [periods.before.visitors, periods.after.visitors] as const;
  const comparisons = described.map(({ feature }) => ({
    index: createStabilityIndex(items, features[feature]?.kind === 'embedding'),
    distance: createDistributionDistance(items),
  }));
  for await (const { column, before: was, after: is } of counts.sorted()) {
    comparisons[column]?.index.add(was, is);
    comparisons[column]?.distance.add(was, is);
  }
  const columns = described.map(({ name }, column) => {
    const { index, distance } = comparisons[column] as (typeof comparisons)[number];
    const { psi, bins } = index.finish();
    const ks = distance.finish();
    const level: DriftLevel = psi < 0.1 ? 'stable' : psi < 0.25 ? 'moderate' : 'large';
    const expected = (bins - 1) * (1 / visitors[0] + 1 / visitors[1]);
    return { name, psi, expected, level, ks, p: distanceP(ks, visitors) };
  });
  const adjusted = holm(columns.map(({ p }) => p));
  return {
    format: 1,
    ...periods,
    columns: columns
      .map((column, index) => ({ ...column, p: adjusted[index] as number }))
      .sort((a, b) => b.psi - a.psi),
  };
}

async function countPeriod(examples: Period, onList: (features: Float32Array) => void): Promise<DriftPeriod> {
  let [lists, items] = [0, 0];
  const visitors = new Set<string>();
  for await (const { list, features } of examples) {
    onList(features);
    lists++;
    items += list.items.length;
    visitors.add(list.visitor);
  }
  return { lists, items, visitors: visitors.size };
}
