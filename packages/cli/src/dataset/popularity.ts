import { createHash } from 'node:crypto';
import type { AnyFeatureSpec } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import type { Log, LoggedList } from '../log/log.ts';
import type { OpenedLog } from '../log/open-log.ts';
import type { PopularityOf } from './build-dataset.ts';
import { FOLDS, PRIOR, popularityOfAllSql, popularitySql } from './features-sql.ts';

export type Popularity = ReadonlyMap<string, number>;

/** Share of its impressions in which an item was chosen, shrunk towards the mean of all items. */
export function popularity(log: Log): Popularity {
  const counts = countPopularity();
  for (const entry of log) if (entry.kind === 'list') counts.add(entry);
  return counts.finish();
}

interface PopularityCount {
  add(list: LoggedList): void;
  finish(): Popularity;
}

/** The same, list by list. */
export function countPopularity(): PopularityCount {
  const counts = new Map<string, { shown: number; chosen: number }>();
  let shown = 0;
  let chosen = 0;
  return {
    add({ items, labels }) {
      items.forEach(({ id }, index) => {
        const count = counts.get(id) ?? { shown: 0, chosen: 0 };
        const label = labels[index] as number;
        counts.set(id, { shown: count.shown + 1, chosen: count.chosen + label });
        shown++;
        chosen += label;
      });
    },
    finish() {
      const mean = shown > 0 ? chosen / shown : 0;
      return new Map(
        [...counts].map(([id, count]) => [id, (count.chosen + PRIOR * mean) / (count.shown + PRIOR)]),
      );
    },
  };
}

/** Popularity for training: each list sees only what visitors of the other folds chose, so that no label leaks into
 * its own features. */
export function crossFitted(log: Log): (id: string, list: LoggedList) => number | undefined {
  const foldOf = createFolds();
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    popularity(log.filter((entry) => foldOf(entry.visitor) !== fold)),
  );
  return (id, list) => folds[foldOf(list.visitor)]?.get(id);
}

/** The same of an opened log, counted by DuckDB. Memory holds a number for each item and fold; where the spec does not
 * read popularity, nothing is counted. */
export async function crossFittedFrom(
  { database, isTotals }: OpenedLog,
  spec: AnyFeatureSpec,
): Promise<PopularityOf> {
  const { features } = createFullEncoder(spec).spec;
  if (!JSON.stringify(features).includes('"attribute:popularity"')) return () => undefined;
  const values = new Map<string, Float64Array>();
  for await (const chunk of database.stream(popularitySql(isTotals))) {
    for (const [item, fold, value] of chunk.getRows() as [string, number, number][]) {
      const folds = values.get(item) ?? new Float64Array(FOLDS).fill(NaN);
      folds[fold] = value;
      values.set(item, folds);
    }
  }
  const foldOf = createFolds();
  return ({ id }, list) => {
    const value = values.get(id)?.[foldOf(list.visitor)];
    return Number.isNaN(value) ? undefined : value;
  };
}

/** The popularity of an opened log's items among all its visitors. */
export async function popularityFrom({ database, isTotals }: OpenedLog): Promise<Popularity> {
  const values = new Map<string, number>();
  for await (const chunk of database.stream(popularityOfAllSql(isTotals))) {
    for (const [item, value] of chunk.getRows() as [string, number][]) values.set(item, value);
  }
  return values;
}

/** The fold of a visitor as the feature SQL has it, MOD(ASCII(MD5(visitor)), FOLDS); remembers the latest. */
function createFolds(): (visitor: string) => number {
  let latest = { visitor: '', fold: -1 };
  return (visitor) => {
    if (latest.fold < 0 || latest.visitor !== visitor) {
      const hash = createHash('md5').update(visitor).digest('hex');
      latest = { visitor, fold: hash.charCodeAt(0) % FOLDS };
    }
    return latest.fold;
  };
}
