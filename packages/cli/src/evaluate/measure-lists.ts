import type { Item, Scorer } from '@inkling/core';
import type { Example } from '../dataset/build-dataset.ts';
import type { Popularity } from '../dataset/popularity.ts';
import { byNeighbours, byPopularity, displayed, lastSeen, type Order } from './baselines.ts';
import { type ListVariety, VARIETIES, type VarietyName, varietyOf } from './beyond-accuracy.ts';
import type { CalibrationMeter } from './calibration.ts';
import type { CaseName } from './evaluation.ts';
import { createGroupSums, type GroupSums } from './group-sums.ts';
import type { ItemNeighbours } from './item-knn.ts';
import { expectedAtRandom, type ListMetrics, METRICS, type MetricName, measure, rankBy } from './metrics.ts';
import { groupReader } from './read-group.ts';
import { createVisitorSums, type SummedVisitors } from './visitor-sums.ts';

/** Numbers of all lists with a choice, summed up by visitor. */
export interface MeasuredLists {
  readonly cases: readonly CaseName[];
  readonly sums: SummedVisitors;
  /** Epoch ms of the first and the last list; absent where there are none. */
  readonly period?: readonly [number, number];
  /** For each column of groups. */
  readonly groups: readonly GroupSums[];
  /** Ids of all items that could have been in the first places. */
  readonly items: ReadonlySet<string>;
  /** How often each of them was, in each case; nothing for the expected random order. */
  readonly shown: ReadonlyMap<CaseName, ReadonlyMap<string, number>>;
}

export interface MeasureListsOptions {
  readonly k: number;
  /** Empty where it is not known. */
  readonly popularity: Popularity;
  readonly neighbours: ItemNeighbours | undefined;
  /** Columns, as `groupReader` takes them. */
  readonly groups: readonly string[];
  /** Told of every list, those without a choice included. */
  readonly calibration: CalibrationMeter | undefined;
}

/** The column of the lists' number. */
export const LISTS = 0;
/** Of each case: its metrics, what the ranker has more than it, and of each variety the sum and how many lists say it. */
const CASE_WIDTH = 2 * METRICS.length + 2 * VARIETIES.length;

/** Columns of the sums. */
export interface MeasuredColumns {
  metric(name: CaseName, metric: MetricName): number;
  /** The ranker's metric less this case's, list by list. */
  gain(name: CaseName, metric: MetricName): number;
  /** The next one counts the lists. */
  variety(name: CaseName, variety: VarietyName): number;
}

export function measuredColumns(cases: readonly CaseName[]): MeasuredColumns {
  const start = (name: CaseName) => 1 + cases.indexOf(name) * CASE_WIDTH;
  return {
    metric: (name, metric) => start(name) + METRICS.indexOf(metric),
    gain: (name, metric) => start(name) + METRICS.length + METRICS.indexOf(metric),
    variety: (name, variety) => start(name) + 2 * (METRICS.length + VARIETIES.indexOf(variety)),
  };
}

/** Walks the examples once. Memory holds the numbers of visitors, or of groups of them, and of items, and no list. */
export async function measureLists(
  examples: Iterable<Example> | AsyncIterable<Example>,
  scorer: Scorer,
  { k, popularity, neighbours, groups, calibration }: MeasureListsOptions,
): Promise<MeasuredLists> {
  const orders = new Map<CaseName, Order>([
    ['displayed', displayed],
    ['last-seen', lastSeen],
  ]);
  if (popularity.size > 0) orders.set('popularity', byPopularity(popularity));
  if (neighbours) orders.set('item-knn', byNeighbours(neighbours));
  const cases: readonly CaseName[] = ['random', ...orders.keys(), 'ranker'];
  const columns = measuredColumns(cases);
  const figures = new Float64Array(1 + cases.length * CASE_WIDTH);
  const sums = createVisitorSums(figures.length);
  const grouped = groups.map((column) => ({ read: groupReader(column), sums: createGroupSums(column) }));
  const items = new Set<string>();
  const shown = new Map(cases.map((name) => [name, new Map<string, number>()]));
  let [first, last] = [Infinity, -Infinity];
  for await (const example of examples) {
    const { list, features } = example;
    const scores = scorer(features, list.items.length);
    calibration?.add(list, scores);
    const { visitor, labels } = list;
    if (!labels.some(Boolean)) continue;
    [first, last] = [Math.min(first, list.at), Math.max(last, list.at)];
    for (const { id } of list.items) items.add(id);
    figures.fill(0);
    figures[LISTS] = 1;
    const byCase = new Map<CaseName, ListMetrics>([['random', expectedAtRandom(labels, k)]]);
    for (const [name, order] of [...orders, ['ranker', () => rankBy(scores)] as const]) {
      const ranking = order(example);
      byCase.set(name, measure(ranking, labels, k));
      const top = ranking.slice(0, k).map((index) => list.items[index] as Item);
      addVariety(figures, columns, name, varietyOf(top, popularity));
      const counts = shown.get(name);
      for (const { id } of top) counts?.set(id, (counts.get(id) ?? 0) + 1);
    }
    const ranker = byCase.get('ranker') as ListMetrics;
    for (const [name, metrics] of byCase) {
      for (const metric of METRICS) {
        figures[columns.metric(name, metric)] = metrics[metric];
        figures[columns.gain(name, metric)] = ranker[metric] - metrics[metric];
      }
    }
    sums.add(visitor, figures, list);
    for (const group of grouped) {
      group.sums.add(visitor, group.read(list), ranker, byCase.get('popularity'));
    }
  }
  return {
    cases,
    sums: sums.finish(),
    ...(first <= last && { period: [first, last] as const }),
    groups: grouped.map((group) => group.sums),
    items,
    shown,
  };
}

function addVariety(
  figures: Float64Array,
  columns: MeasuredColumns,
  name: CaseName,
  said: ListVariety,
): void {
  for (const variety of VARIETIES) {
    const value = said[variety];
    if (value === undefined) continue;
    figures[columns.variety(name, variety)] = value;
    figures[columns.variety(name, variety) + 1] = 1;
  }
}
