import { CliError } from '../cli-error.ts';
import { createClusters } from './clusters.ts';
import { type ListMetrics, METRICS } from './metrics.ts';
import { addTo, type SummedVisitors, zeros } from './visitor-sums.ts';

/** More groups than this are no groups: a column of numbers, or of ids. */
const MOST_GROUPS = 100;
/** Columns of a group's sums: its lists, their metrics by the ranker and by popularity, of the visitor's other lists
 * how many they are and their MRR by the ranker, and 1 for the visitor. */
export const GROUP_SUMS = {
  lists: 0,
  ranker: 1,
  popularity: 5,
  others: 9,
  othersMrr: 10,
  visitors: 11,
} as const;
const WIDTH = 12;

/** The lists of one column of groups, summed up by group and visitor. */
export interface GroupSums {
  /** @throws CliError where the column has too many groups */
  add(visitor: string, group: string, ranker: ListMetrics, popularity: ListMetrics | undefined): void;
  /** How many lists each group has, the largest first. */
  counts(): readonly (readonly [string, number])[];
  /** @param summed all visitors, in their order */
  of(group: string, summed: SummedVisitors): SummedVisitors;
}

interface OfVisitor {
  lists: number;
  mrr: number;
  readonly groups: Map<string, number[]>;
}

/** @param most as `createClusters` takes it */
export function createGroupSums(column: string, most?: number): GroupSums {
  const counts = new Map<string, number>();
  const byVisitor = createClusters<OfVisitor>(() => ({ lists: 0, mrr: 0, groups: new Map() }), merge, most);
  return {
    add(visitor, group, ranker, popularity) {
      counts.set(group, (counts.get(group) ?? 0) + 1);
      if (counts.size > MOST_GROUPS) {
        throw new CliError('--group', column, `at most ${MOST_GROUPS} groups`, 'more');
      }
      const all = byVisitor.of(visitor);
      const own = ofGroup(all, group);
      all.groups.set(group, own);
      own[GROUP_SUMS.visitors] = 1;
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
    of(group, { visitors, clusters: names }) {
      const { clusters } = byVisitor.finish();
      const rows = names.map((name) => ofGroup(clusters.get(name) as OfVisitor, group));
      return { visitors, clusters: names, width: WIDTH, rows };
    },
  };
}

/** Of a visitor without a list in the group all lists are others. */
function ofGroup({ lists, mrr, groups }: OfVisitor, group: string): number[] {
  const known = groups.get(group);
  if (known) return known;
  const sums = zeros(WIDTH);
  sums[GROUP_SUMS.others] = lists;
  sums[GROUP_SUMS.othersMrr] = mrr;
  return sums;
}

function merge(into: OfVisitor, from: OfVisitor): void {
  for (const group of new Set([...into.groups.keys(), ...from.groups.keys()])) {
    const sums = ofGroup(into, group);
    addTo(sums, ofGroup(from, group));
    into.groups.set(group, sums);
  }
  into.lists += from.lists;
  into.mrr += from.mrr;
}

function add(sums: number[], column: number, value: number): void {
  sums[column] = (sums[column] as number) + value;
}
