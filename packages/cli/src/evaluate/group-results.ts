import { CliError } from '../cli-error.ts';
import { resample } from './bootstrap.ts';
import type { Figures, GroupColumn, GroupGap, GroupResult } from './evaluation.ts';
import { holm } from './holm.ts';
import type { MeasuredLists } from './measure-lists.ts';
import { type ListMetrics, METRICS } from './metrics.ts';
import { normalTail } from './normal-tail.ts';

/** More groups than this are no groups: a column of numbers, or of ids. */
const MOST_GROUPS = 100;

/** Measures every group of every column, and its gap to all other lists.
 * @param columns names, in the order of `measured.groups` @throws CliError where a column has too many groups */
export function groupResults(
  measured: MeasuredLists,
  columns: readonly string[],
  minGroupLists: number,
): readonly GroupColumn[] {
  const results = columns.map((column, index) => {
    const values = measured.groups[index] as readonly string[];
    const counts = new Map<string, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MOST_GROUPS) {
      throw new CliError('--group', column, `at most ${MOST_GROUPS} groups`, String(counts.size));
    }
    const named = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return { column, groups: named.map(([value]) => groupResult(measured, values, value)) };
  });
  const judged = results.flatMap(({ groups }) =>
    groups.flatMap(({ lists, gap }) => (gap && lists >= minGroupLists ? [gap] : [])),
  );
  const corrected = holm(judged.map(({ p }) => p));
  const adjusted = new Map(judged.map((gap, index) => [gap, corrected[index] as number]));
  return results.map(({ column, groups }) => ({
    column,
    groups: groups.map((group) => {
      const level = group.gap && adjusted.get(group.gap);
      return level === undefined ? group : { ...group, gap: { ...(group.gap as GroupGap), adjusted: level } };
    }),
  }));
}

/** @param values the group of each list */
function groupResult(
  { visitors, cases }: MeasuredLists,
  values: readonly string[],
  value: string,
): GroupResult {
  const inside = values.map((other) => Number(other === value));
  const outside = inside.map((is) => 1 - is);
  const ranker = cases.get('ranker')?.metrics ?? [];
  const popularity = cases.get('popularity')?.metrics;
  const within = (lists: readonly ListMetrics[]) =>
    METRICS.map((metric) => lists.map((m, list) => m[metric] * (inside[list] as number)));
  const others = ranker.map(({ mrr }, list) => mrr * (outside[list] as number));
  const columns = [inside, ...within(ranker), ...within(popularity ?? []), outside, others];
  const resamples = resample(columns, visitors);
  const sum = (sums: Float64Array, column: number) => sums.at(column) as number;
  const figures = (first: number): Figures => {
    const of = (metric: (typeof METRICS)[number]) =>
      resamples.estimate((sums) => sum(sums, first + METRICS.indexOf(metric)) / sum(sums, 0));
    return { mrr: of('mrr'), ndcg: of('ndcg'), hr: of('hr'), map: of('map') };
  };
  const difference = (sums: Float64Array) => sum(sums, 1) / sum(sums, 0) - sum(sums, -1) / sum(sums, -2);
  const relative = (sums: Float64Array) => difference(sums) / (sum(sums, -1) / sum(sums, -2));
  const lists = inside.reduce((a, b) => a + b, 0);
  const gap = (): GroupGap => {
    const share = resamples.estimate(relative);
    const isDefined = Number.isFinite(share.value);
    const z = Math.abs(resamples.estimate(difference).value) / resamples.error(difference);
    return {
      difference: resamples.estimate(difference),
      ...(isDefined && { relative: share }),
      error: resamples.error(isDefined ? relative : difference),
      // Nothing varies, and so nothing differs.
      p: Number.isNaN(z) ? 1 : 2 * normalTail(z),
    };
  };
  return {
    value,
    lists,
    visitors: new Set(visitors.filter((_, list) => inside[list])).size,
    cases: { ranker: figures(1), ...(popularity && { popularity: figures(1 + METRICS.length) }) },
    ...(lists < values.length && { gap: gap() }),
  };
}
