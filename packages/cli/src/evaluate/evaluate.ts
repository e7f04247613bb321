import type { ModelOutput, Scorer } from '@inkling/core';
import type { Example } from '../dataset/build-dataset.ts';
import type { Popularity } from '../dataset/popularity.ts';
import { gini, VARIETIES } from './beyond-accuracy.ts';
import { resample } from './bootstrap.ts';
import { calibrate } from './calibration.ts';
import type { BaselineName, CaseName, CaseResult, Evaluation, Lift, Variety } from './evaluation.ts';
import { groupResults } from './group-results.ts';
import type { ItemNeighbours } from './item-knn.ts';
import { type MeasuredCase, type MeasuredLists, measureLists } from './measure-lists.ts';
import { METRICS, type MetricName } from './metrics.ts';
import { groupReader } from './read-group.ts';
import { signFlip } from './sign-flip.ts';

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
}

/** Measures the ranker beside the baselines, with 95% intervals clustered by visitor. Lists without a choice say nothing
 * about order and are left out of all but the calibration. */
export async function evaluateRanker(
  examples: Iterable<Example> | AsyncIterable<Example>,
  scorer: Scorer,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { popularity = new Map(), neighbours, k = 10, groups = [], minGroupLists = 200, output } = options;
  const readers = groups.map(groupReader);
  const predictions = output !== undefined && output !== 'utility';
  const measured = await measureLists(examples, scorer, {
    ...{ k, popularity, neighbours, predictions },
    groups: readers,
  });
  const { visitors, times } = measured;
  const day = (time: number) => new Date(time).toISOString();
  const range = times.reduce(([from, to], at) => [Math.min(from, at), Math.max(to, at)] as const, [
    Infinity,
    -Infinity,
  ] as const);
  return {
    format: 1,
    lists: visitors.length,
    visitors: new Set(visitors).size,
    ...(times.length > 0 && { period: { from: day(range[0]), to: day(range[1]) } }),
    k,
    ...comparison(measured),
    ...(output && { calibration: calibrate(measured.predictions, output) }),
    minGroupLists,
    groups: groupResults(measured, groups, minGroupLists),
  };
}

/** Every case, and the ranker's lift over each of the others. */
function comparison({ visitors, items, cases }: MeasuredLists): Pick<Evaluation, 'cases' | 'lifts'> {
  const names = [...cases.keys()];
  const valuesOf = (name: CaseName, metric: MetricName) =>
    cases.get(name)?.metrics.map((list) => list[metric]) ?? [];
  const columns = names.flatMap((name) => METRICS.map((metric) => valuesOf(name, metric)));
  const resamples = resample([...columns, visitors.map(() => 1)], visitors);
  const sum = (sums: Float64Array, name: CaseName, metric: MetricName) =>
    sums[names.indexOf(name) * METRICS.length + METRICS.indexOf(metric)] as number;
  const lists = (sums: Float64Array) => sums.at(-1) as number;
  const result = (name: CaseName, measuredCase: MeasuredCase): CaseResult => {
    const of = (metric: MetricName) => resamples.estimate((sums) => sum(sums, name, metric) / lists(sums));
    const figures = { mrr: of('mrr'), ndcg: of('ndcg'), hr: of('hr'), map: of('map') };
    return name === 'random' ? figures : { ...figures, variety: varietyOver(measuredCase, items, visitors) };
  };
  const lift = (baseline: BaselineName, metric: MetricName): Lift => {
    const gained = (sums: Float64Array) => sum(sums, 'ranker', metric) - sum(sums, baseline, metric);
    const relative = resamples.estimate((sums) => gained(sums) / sum(sums, baseline, metric));
    const theirs = valuesOf(baseline, metric);
    const differences = valuesOf('ranker', metric).map((value, list) => value - (theirs[list] as number));
    return {
      difference: resamples.estimate((sums) => gained(sums) / lists(sums)),
      ...(Number.isFinite(relative.value) && { relative }),
      p: signFlip(differences, visitors),
    };
  };
  const baselines = names.filter((name) => name !== 'ranker');
  return {
    // measureLists always has the fixed cases.
    cases: Object.fromEntries(
      [...cases].map(([name, measuredCase]) => [name, result(name, measuredCase)]),
    ) as Evaluation['cases'],
    lifts: Object.fromEntries(
      baselines.map((name) => [
        name,
        Object.fromEntries(METRICS.map((metric) => [metric, lift(name, metric)])),
      ]),
    ),
  };
}

function varietyOver(
  { variety, shown }: MeasuredCase,
  items: ReadonlySet<string>,
  visitors: readonly string[],
): Variety {
  const estimates = VARIETIES.flatMap((name) => {
    const said = variety.map((list) => Number(list[name] !== undefined));
    if (!said.some(Boolean)) return [];
    const values = variety.map((list) => list[name] ?? 0);
    const mean = resample([values, said], visitors).estimate(([sum = 0, count = 0]) => sum / count);
    return [[name, mean] as const];
  });
  return {
    coverage: shown.size / Math.max(1, items.size),
    gini: gini([...items].map((id) => shown.get(id) ?? 0)),
    ...Object.fromEntries(estimates),
  };
}
