import type { ModelOutput, Scorer } from '@inkling/core';
import type { Example } from '../dataset/build-dataset.ts';
import type { Popularity } from '../dataset/popularity.ts';
import { gini, VARIETIES } from './beyond-accuracy.ts';
import { resampleSums } from './bootstrap.ts';
import { createCalibration } from './calibration.ts';
import type { BaselineName, CaseName, CaseResult, Evaluation, Lift, Variety } from './evaluation.ts';
import { groupResults } from './group-results.ts';
import type { GroupSums } from './group-sums.ts';
import type { ItemNeighbours } from './item-knn.ts';
import { LISTS, type MeasuredLists, measuredColumns, measureLists } from './measure-lists.ts';
import { METRICS, type MetricName } from './metrics.ts';
import type { Predictions } from './predictions.ts';
import { signFlipSums } from './sign-flip.ts';
import { columnOf, type SummedVisitors } from './visitor-sums.ts';

export interface EvaluateOptions {
  /** Of the training data; without it there is no such baseline and no novelty. */
  readonly popularity?: Popularity;
  /** Of the training data; without them there is no such baseline. */
  readonly neighbours?: ItemNeighbours;
  /** The k of NDCG, HR and variety. @default 10 */
  readonly k?: number;
  /** Columns of groups, as `groupReader` takes them. @default none */
  readonly groups?: readonly string[];
  /** Groups with fewer lists are measured and not judged. @default 200 */
  readonly minGroupLists?: number;
  /** What scores mean. @default not known: no calibration */
  readonly output?: ModelOutput;
  /** Where what was predicted is sorted. @default memory */
  readonly predictions?: Predictions;
}

/** Measures the ranker beside the baselines, with 95% intervals clustered by visitor. Lists without a choice say nothing
 * about order and are left out of all but the calibration.
 * @param examples of one visitor one after the other; in any order, where there are at most 8,192 visitors */
export async function evaluateRanker(
  examples: Iterable<Example> | AsyncIterable<Example>,
  scorer: Scorer,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { popularity = new Map(), neighbours, k = 10, groups = [], minGroupLists = 200, output } = options;
  const calibration = output && createCalibration(output, options.predictions);
  const measured = await measureLists(examples, scorer, { k, popularity, neighbours, groups, calibration });
  const { sums, period } = measured;
  const day = (time: number) => new Date(time).toISOString();
  const compared = comparison(measured);
  return {
    format: 1,
    lists: sumOf(sums, LISTS),
    visitors: sums.visitors,
    ...(period && { period: { from: day(period[0]), to: day(period[1]) } }),
    k,
    ...compared,
    ...(calibration && { calibration: await calibration.finish() }),
    minGroupLists,
    groups: groupResults(
      new Map(groups.map((column, index) => [column, measured.groups[index] as GroupSums])),
      {
        summed: sums,
        hasPopularity: compared.cases.popularity !== undefined,
        minGroupLists,
      },
    ),
  };
}

function sumOf(sums: SummedVisitors, column: number): number {
  return columnOf(sums, column).reduce((a, b) => a + b, 0);
}

/** Every case, and the ranker's lift over each of the others. */
function comparison({ cases, sums, items, shown }: MeasuredLists): Pick<Evaluation, 'cases' | 'lifts'> {
  const columns = measuredColumns(cases);
  const resamples = resampleSums(sums);
  const at = (of: Float64Array, column: number) => of[column] as number;
  const lists = (of: Float64Array) => at(of, LISTS);
  const result = (name: CaseName): CaseResult => {
    const of = (metric: MetricName) =>
      resamples.estimate((drawn) => at(drawn, columns.metric(name, metric)) / lists(drawn));
    const figures = { mrr: of('mrr'), ndcg: of('ndcg'), hr: of('hr'), map: of('map') };
    return name === 'random' ? figures : { ...figures, variety: variety(name) };
  };
  const variety = (name: CaseName): Variety => {
    const counts = shown.get(name) ?? new Map<string, number>();
    const estimates = VARIETIES.flatMap((figure) => {
      const column = columns.variety(name, figure);
      if (sumOf(sums, column + 1) === 0) return [];
      return [[figure, resamples.estimate((drawn) => at(drawn, column) / at(drawn, column + 1))] as const];
    });
    return {
      coverage: counts.size / Math.max(1, items.size),
      gini: gini([...items].map((id) => counts.get(id) ?? 0)),
      ...Object.fromEntries(estimates),
    };
  };
  const baselines = cases.filter((name) => name !== 'ranker');
  const gains = baselines.flatMap((name) => METRICS.map((metric) => columns.gain(name, metric)));
  const levels = signFlipSums(gains.map((column) => columnOf(sums, column)));
  const lift = (baseline: BaselineName, metric: MetricName): Lift => {
    const theirs = columns.metric(baseline, metric);
    const gained = (drawn: Float64Array) => at(drawn, columns.metric('ranker', metric)) - at(drawn, theirs);
    const relative = resamples.estimate((drawn) => gained(drawn) / at(drawn, theirs));
    return {
      difference: resamples.estimate((drawn) => gained(drawn) / lists(drawn)),
      ...(Number.isFinite(relative.value) && { relative }),
      p: levels[gains.indexOf(columns.gain(baseline, metric))] as number,
    };
  };
  return {
    // measureLists always has the fixed cases.
    cases: Object.fromEntries(cases.map((name) => [name, result(name)])) as Evaluation['cases'],
    lifts: Object.fromEntries(
      baselines.map((name) => [
        name,
        Object.fromEntries(METRICS.map((metric) => [metric, lift(name, metric)])),
      ]),
    ),
  };
}
