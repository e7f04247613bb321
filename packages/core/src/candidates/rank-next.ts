import { best } from './best.ts';
import type { NeighbourTable } from './neighbour-table.ts';
import { add, clear, emptyScores, preparePaths, type Scores, walk } from './walk.ts';

/** An item that the visitor looked at, and how often. */
export interface RecentView {
  /** Place in the catalog. */
  readonly item: number;
  readonly views: number;
}

/** Ranks what a visitor will look at next. */
export type RankNext = (recents: readonly RecentView[], count: number) => readonly number[];

/** A second look at the item, in the scores of a walk. */
const AGAIN = 0.2;

/** Prepares a table once, for its best `count` items by the walk that also gathers candidates. Candidates leave out what
 * the visitor has just seen; here it counts, because a fifth of all looks goes back to something: a recent item of rank r
 * (newest first) gets 0.2 · (views / max(r, 1))^3/2 beside the walk's score, twice that where the newest was seen before,
 * as such a visitor goes to and fro between items.
 * @param ids of the catalog; equal scores go by id */
export function createRankNext(table: NeighbourTable, ids: readonly string[]): RankNext {
  const paths = preparePaths(table);
  const scores = emptyScores(ids.length);
  const spare = emptyScores(ids.length);
  return (recents, count) => {
    walk(
      paths,
      recents.map(({ item }) => item),
      scores,
      spare,
    );
    addRecent(recents, scores);
    const ranked = best(scores.touched.subarray(0, scores.count), scores.of, ids, count);
    clear(scores);
    return ranked;
  };
}

function addRecent(recents: readonly RecentView[], scores: Scores): void {
  const toAndFro = (recents[0]?.views ?? 0) > 1 ? 2 : 1;
  recents.forEach(({ item, views }, rank) => {
    const weight = views / Math.max(rank, 1);
    add(scores, item, AGAIN * (rank > 0 ? toAndFro : 1) * weight * Math.sqrt(weight));
  });
}
