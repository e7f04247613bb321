import { resampleSums } from './bootstrap.ts';
import type { Figures, GroupColumn, GroupGap, GroupResult } from './evaluation.ts';
import { GROUP_SUMS, type GroupSums } from './group-sums.ts';
import { holm } from './holm.ts';
import { METRICS } from './metrics.ts';
import { normalTail } from './normal-tail.ts';
import { columnOf, type SummedVisitors } from './visitor-sums.ts';

export interface GroupResultsOptions {
  /** All visitors, in their order. */
  readonly summed: SummedVisitors;
  /** Whether popularity was measured, too. */
  readonly hasPopularity: boolean;
  readonly minGroupLists: number;
}

/** Every group of every column, and its gap to all other lists. @param measured by column */
export function groupResults(
  measured: ReadonlyMap<string, GroupSums>,
  { summed, hasPopularity, minGroupLists }: GroupResultsOptions,
): readonly GroupColumn[] {
  const results = [...measured].map(([column, sums]) => ({
    column,
    groups: sums
      .counts()
      .map(([value, lists]) => groupResult(value, lists, sums.of(value, summed), hasPopularity)),
  }));
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

function groupResult(
  value: string,
  lists: number,
  summed: SummedVisitors,
  hasPopularity: boolean,
): GroupResult {
  const resamples = resampleSums(summed);
  const sum = (sums: Float64Array, column: number) => sums[column] as number;
  const figures = (first: number): Figures => {
    const of = (metric: (typeof METRICS)[number]) =>
      resamples.estimate((sums) => sum(sums, first + METRICS.indexOf(metric)) / sum(sums, GROUP_SUMS.lists));
    return { mrr: of('mrr'), ndcg: of('ndcg'), hr: of('hr'), map: of('map') };
  };
  const ours = (sums: Float64Array) => sum(sums, GROUP_SUMS.ranker) / sum(sums, GROUP_SUMS.lists);
  const theirs = (sums: Float64Array) => sum(sums, GROUP_SUMS.othersMrr) / sum(sums, GROUP_SUMS.others);
  const difference = (sums: Float64Array) => ours(sums) - theirs(sums);
  const relative = (sums: Float64Array) => difference(sums) / theirs(sums);
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
    visitors: columnOf(summed, GROUP_SUMS.visitors).reduce((a, b) => a + b, 0),
    cases: {
      ranker: figures(GROUP_SUMS.ranker),
      ...(hasPopularity && { popularity: figures(GROUP_SUMS.popularity) }),
    },
    ...(columnOf(summed, GROUP_SUMS.others).some(Boolean) && { gap: gap() }),
  };
}
