import type { NeighbourKind } from '@inkling/core';
import { countPairs } from './count-pairs.ts';
import { fitToBytes, type NeighboursFile } from './fit-to-bytes.ts';
import { measureNext, type NextMetrics, rankNextOf } from './measure-next.ts';
import { rankEdges, weighEdges } from './rank-edges.ts';
import { type Sessions, splitSessions } from './sessions.ts';

/** What a file of one size buys. */
export interface SizePoint {
  readonly bytes: number;
  readonly edges: number;
  readonly metrics: NextMetrics;
}

/** Of the sessions, the last so many are predicted by what the others say. */
const TEST_SHARE = 0.1;
const SIZES = [1 / 6, 1 / 3, 2 / 3, 1];

/** A file for each number of bytes, from the same counts. */
export function fitNeighbours(
  sessions: Sessions,
  kind: NeighbourKind,
  budgets: readonly number[],
): readonly NeighboursFile[] {
  const counted = countPairs(sessions, kind);
  const weighed = weighEdges(counted);
  const ranked = rankEdges(counted, weighed);
  return budgets.map((maxBytes) => fitToBytes(weighed, ranked, { ids: sessions.ids, kind, maxBytes }));
}

/** How well the last tenth of the sessions is predicted by files of growing sizes that the earlier ones gave.
 * @returns nothing where the last tenth has no session of two items */
export function sizeCurve(sessions: Sessions, kind: NeighbourKind, maxBytes: number): readonly SizePoint[] {
  const [train, test] = splitSessions(sessions, TEST_SHARE);
  if (!test.sessions.some(({ items }) => items.length > 1)) return [];
  const budgets = SIZES.map((size) => Math.floor(size * maxBytes));
  return fitNeighbours(train, kind, budgets).map((file) => ({
    bytes: file.bytes,
    edges: file.edges.length,
    metrics: measureNext(rankNextOf(file, train.ids), test),
  }));
}
