import type { Item, Scorer } from '@inkling/core';
import type { Example } from '../dataset/build-dataset.ts';
import type { Popularity } from '../dataset/popularity.ts';
import { byNeighbours, byPopularity, displayed, lastSeen, type Order } from './baselines.ts';
import { type ListVariety, varietyOf } from './beyond-accuracy.ts';
import type { Prediction } from './calibration.ts';
import type { CaseName } from './evaluation.ts';
import type { ItemNeighbours } from './item-knn.ts';
import { expectedAtRandom, type ListMetrics, measure, rankBy } from './metrics.ts';
import type { GroupReader } from './read-group.ts';

/** The lists of one case, in the order they came. */
export interface MeasuredCase {
  readonly metrics: readonly ListMetrics[];
  /** What stands in the first k places, and how often each item does; empty for the expected random order. */
  readonly variety: readonly ListVariety[];
  readonly shown: ReadonlyMap<string, number>;
}

/** Numbers of every list with a choice. */
export interface MeasuredLists {
  readonly visitors: readonly string[];
  /** Epoch ms. */
  readonly times: readonly number[];
  /** For each reader of groups. */
  readonly groups: readonly (readonly string[])[];
  /** Ids of all items that could have been in the first places. */
  readonly items: ReadonlySet<string>;
  readonly cases: ReadonlyMap<CaseName, MeasuredCase>;
  /** Every item of every list, those without a choice included; empty unless asked for. */
  readonly predictions: readonly Prediction[];
}

export interface MeasureListsOptions {
  readonly k: number;
  /** Empty where it is not known. */
  readonly popularity: Popularity;
  readonly neighbours: ItemNeighbours | undefined;
  readonly groups: readonly GroupReader[];
  readonly predictions: boolean;
}

/** Walks the examples once and keeps a few numbers of each. */
export async function measureLists(
  examples: Iterable<Example> | AsyncIterable<Example>,
  scorer: Scorer,
  { k, popularity, neighbours, groups, predictions }: MeasureListsOptions,
): Promise<MeasuredLists> {
  const orders = new Map<CaseName, Order>([
    ['displayed', displayed],
    ['last-seen', lastSeen],
  ]);
  if (popularity.size > 0) orders.set('popularity', byPopularity(popularity));
  if (neighbours) orders.set('item-knn', byNeighbours(neighbours));
  const names: readonly CaseName[] = ['random', ...orders.keys(), 'ranker'];
  const empty = (): { metrics: ListMetrics[]; variety: ListVariety[]; shown: Map<string, number> } => ({
    metrics: [],
    variety: [],
    shown: new Map(),
  });
  const cases = new Map(names.map((name) => [name, empty()]));
  const of = (name: CaseName) => cases.get(name) as ReturnType<typeof empty>;
  const measured = {
    visitors: [] as string[],
    times: [] as number[],
    groups: groups.map((): string[] => []),
    items: new Set<string>(),
    cases,
    predictions: [] as Prediction[],
  };
  for await (const example of examples) {
    const { list, features } = example;
    const scores = scorer(features, list.items.length);
    const { visitor, labels } = list;
    if (predictions) {
      labels.forEach((chosen, index) => {
        measured.predictions.push({ score: scores[index] as number, chosen, visitor });
      });
    }
    if (!labels.some(Boolean)) continue;
    measured.visitors.push(visitor);
    measured.times.push(list.at);
    groups.forEach((read, index) => {
      measured.groups[index]?.push(read(list));
    });
    for (const { id } of list.items) measured.items.add(id);
    of('random').metrics.push(expectedAtRandom(labels, k));
    for (const [name, order] of [...orders, ['ranker', () => rankBy(scores)] as const]) {
      const ranking = order(example);
      const { metrics, variety, shown } = of(name);
      metrics.push(measure(ranking, labels, k));
      const top = ranking.slice(0, k).map((index) => list.items[index] as Item);
      variety.push(varietyOf(top, popularity));
      for (const { id } of top) shown.set(id, (shown.get(id) ?? 0) + 1);
    }
  }
  return measured;
}
