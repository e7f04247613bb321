import { CliError } from '../cli-error.ts';
import { type ListMetrics, METRICS } from './metrics.ts';
import { type SummedVisitors, summedInOrder } from './visitor-sums.ts';

/** More groups than this are no groups: a column of numbers, or of ids. */
const MOST_GROUPS = 100;
/** Columns of a group's sums: its lists, their metrics by the ranker and by popularity, and of the visitor's other lists
 * how many they are and their MRR by the ranker. */
export const GROUP_SUMS = { lists: 0, ranker: 1, popularity: 5, others: 9, othersMrr: 10 } as const;
const WIDTH = 11;

/** The lists of one column of groups, summed up by group and visitor. */
export interface GroupSums {
  /** @throws CliError where the column has too many groups */
  add(visitor: string, group: string, ranker: ListMetrics, popularity: ListMetrics | undefined): void;
  /** How many lists each group has, the largest first. */
  counts(): readonly (readonly [string, number])[];
  /** @param visitors all of them, in their order */
  of(group: string, visitors: readonly string[]): SummedVisitors;
}

interface OfVisitor {
  lists: number;
  mrr: number;
  readonly groups: Map<string, Float64Array>;
}

export function createGroupSums(column: string): GroupSums {
  const counts = new Map<string, number>();
  const byVisitor = new Map<string, OfVisitor>();
  return {
    add(visitor, group, ranker, popularity) {
      counts.set(group, (counts.get(group) ?? 0) + 1);
      if (counts.size > MOST_GROUPS) {
        throw new CliError('--group', column, `at most ${MOST_GROUPS} groups`, 'more');
      }
      const all = byVisitor.get(visitor) ?? { lists: 0, mrr: 0, groups: new Map() };
      byVisitor.set(visitor, all);
      const own = all.groups.get(group) ?? withOthers(new Float64Array(WIDTH), all);
      all.groups.set(group, own);
      add(own, GROUP_SUMS.lists, 1);
      METRICS.forEach((metric, index) => {
        add(own, GROUP_SUMS.ranker + index, ranker[metric]);
        if (popularity) add(own, GROUP_SUMS.popularity + index, popularity[metric]);
      });
      for (const sums of all.groups.values()) {
        if (sums === own) continue;
        add(sums, GROUP_SUMS.others, 1);
        add(sums, GROUP_SUMS.othersMrr, ranker.mrr);
      }
      all.lists++;
      all.mrr += ranker.mrr;
    },
    counts: () => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    of(group, visitors) {
      const sums = new Float64Array(visitors.length * WIDTH);
      visitors.forEach((visitor, index) => {
        const all = byVisitor.get(visitor) as OfVisitor;
        const row = sums.subarray(index * WIDTH, (index + 1) * WIDTH);
        const own = all.groups.get(group);
        if (own) row.set(own);
        else withOthers(row, all);
      });
      return summedInOrder(visitors, sums, WIDTH);
    },
  };
}

/** Of a visitor without a list in the group all lists are others. */
function withOthers(sums: Float64Array, { lists, mrr }: OfVisitor): Float64Array {
  sums[GROUP_SUMS.others] = lists;
  sums[GROUP_SUMS.othersMrr] = mrr;
  return sums;
}

function add(sums: Float64Array, column: number, value: number): void {
  sums[column] = (sums[column] as number) + value;
}
