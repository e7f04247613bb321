import { digest, type Scorer } from '@inkling/core';
import type { Example } from '../dataset/build-dataset.ts';
import type { Popularity } from '../dataset/popularity.ts';
import { bootstrapMean, type Estimate } from './bootstrap.ts';
import { expectedAtRandom, type ListMetrics, measure, rankBy } from './metrics.ts';

export type CaseName = 'random' | 'displayed' | 'popularity' | 'ranker';

export interface CaseResult {
  readonly mrr: Estimate;
  readonly ndcg: Estimate;
  readonly hr: Estimate;
  /** Paired difference of MRR to the displayed order. */
  readonly gain: Estimate;
}

export interface Evaluation {
  readonly lists: number;
  readonly visitors: number;
  /** The k of NDCG and HR. */
  readonly k: number;
  readonly cases: Readonly<Record<CaseName, CaseResult>>;
}

/** Measures the ranker against the expected random order, the displayed order and popularity, with 95% intervals
 * clustered by visitor. Lists without a choice say nothing about order and are left out. */
export function evaluateRanker(
  examples: readonly Example[],
  scorer: Scorer,
  popularity: Popularity,
  k = 10,
): Evaluation {
  const used = examples.filter(({ list }) => list.labels.some(Boolean));
  const visitors = used.map(({ list }) => list.visitor);
  const orders: Readonly<Record<CaseName, (example: Example) => ListMetrics>> = {
    random: ({ list }) => expectedAtRandom(list.labels, k),
    displayed: ({ list }) => measure([...list.items.keys()], list.labels, k),
    popularity: ({ list }) =>
      measure(rankBy(list.items.map(({ id }) => popularity.get(id) ?? 0)), list.labels, k),
    ranker: ({ list, features }) => measure(rankBy(scorer(features, list.items.length)), list.labels, k),
  };
  const displayed = used.map(orders.displayed);
  const result = (order: (example: Example) => ListMetrics): CaseResult => {
    const all = used.map(order);
    const estimate = (of: (m: ListMetrics, index: number) => number) => bootstrapMean(all.map(of), visitors);
    return {
      mrr: estimate((m) => m.mrr),
      ndcg: estimate((m) => m.ndcg),
      hr: estimate((m) => m.hr),
      gain: estimate((m, index) => m.mrr - (displayed[index] as ListMetrics).mrr),
    };
  };
  return {
    lists: used.length,
    visitors: new Set(visitors).size,
    k,
    cases: {
      random: result(orders.random),
      displayed: result(orders.displayed),
      popularity: result(orders.popularity),
      ranker: result(orders.ranker),
    },
  };
}

/** Splits examples by visitor, so that nobody is on both sides. @param share of visitors on the second side */
export function splitByVisitor(
  examples: readonly Example[],
  share: number,
): readonly [readonly Example[], readonly Example[]] {
  const second = ({ list }: Example) =>
    Number.parseInt(digest(`split\0${list.visitor}`).slice(0, 8), 16) / 2 ** 32 < share;
  return [examples.filter((example) => !second(example)), examples.filter(second)];
}
