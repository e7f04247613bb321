import type { Profile } from '../profile/profile.ts';
import type { Candidate } from './candidate.ts';
import { type NeighbourGraph, type NeighbourSources, openNeighbours } from './neighbour-graph.ts';
import { clear, emptyScores, walk } from './walk.ts';

/** How near candidates are to what the visitor touched, by id: the sum of the walks over all tables, as plain data, so
 * that the record of a decision holds it. 0 for an item of the catalog that no walk reaches; undefined where no walk leads
 * anywhere, since then nothing is known of any item. */
export type NeighbourScores = (
  candidates: readonly Pick<Candidate, 'item'>[],
  profile: Profile | undefined,
) => Readonly<Record<string, number>> | undefined;

/** Prepares the numbers of the source `last:neighbours`; serving and training both take them from here.
 * @throws InklingError E_PACK_FORMAT for a neighbours file that cannot be read */
export function indexNeighbours(
  sources: NeighbourSources,
  { tables, indexOf, recentsOf }: NeighbourGraph = openNeighbours(sources),
): NeighbourScores {
  const scores = emptyScores(sources.catalog.length);
  const spare = emptyScores(sources.catalog.length);
  return (candidates, profile) => {
    const recents = recentsOf(profile);
    for (const { paths } of tables) walk(paths, recents, scores, spare);
    for (const item of recents) scores.of[item] = 0;
    const isAnythingNear = scores.count > 0;
    const near = candidates.flatMap(({ item: { id } }) => {
      const index = indexOf.get(id);
      return index === undefined ? [] : [[id, scores.of[index] as number] as const];
    });
    clear(scores);
    return isAnythingNear ? Object.fromEntries(near) : undefined;
  };
}
