import type { AnyFeatureSpec } from '@inkling/core';
import { describe } from '@inkling/core/describe';
import { upgradeSpec } from '@inkling/core/full';
import type { Dataset } from '../dataset/build-dataset.ts';
import { holm } from './holm.ts';
import { distanceP, distributionDistance } from './kolmogorov-smirnov.ts';
import { stabilityIndex } from './stability.ts';

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

/** Compares every column of the encoder between two periods, over the items of all lists. */
export function driftOf(before: Dataset, after: Dataset, spec: AnyFeatureSpec): Drift {
  const periods = [periodOf(before), periodOf(after)] as const;
  const [{ visitors: n }, { visitors: m }] = periods;
  const { features } = upgradeSpec(spec);
  const columns = describe(upgradeSpec(spec)).map(({ name, feature }, column) => {
    const [a, b] = [valuesOf(before, column), valuesOf(after, column)];
    const { psi, bins } = stabilityIndex(a, b, features[feature]?.kind === 'embedding');
    const ks = distributionDistance(a, b);
    const level: DriftLevel = psi < 0.1 ? 'stable' : psi < 0.25 ? 'moderate' : 'large';
    return { name, psi, expected: (bins - 1) * (1 / n + 1 / m), level, ks, p: distanceP(ks, [n, m]) };
  });
  const adjusted = holm(columns.map(({ p }) => p));
  return {
    format: 1,
    before: periods[0],
    after: periods[1],
    columns: columns
      .map((column, index) => ({ ...column, p: adjusted[index] as number }))
      .sort((a, b) => b.psi - a.psi),
  };
}

function periodOf({ examples }: Dataset): DriftPeriod {
  return {
    lists: examples.length,
    items: examples.reduce((sum, { list }) => sum + list.items.length, 0),
    visitors: new Set(examples.map(({ list }) => list.visitor)).size,
  };
}

function valuesOf({ examples, width }: Dataset, column: number): readonly number[] {
  return examples.flatMap(({ list, features }) =>
    list.items.map((_, row) => features[row * width + column] as number),
  );
}
