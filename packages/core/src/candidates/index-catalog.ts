import type { Pack } from '../pack/pack.ts';
import { type CandidateSources, type GatherCandidates, indexCandidates } from './index-candidates.ts';
import { indexNeighbours, type NeighbourScores } from './index-neighbours.ts';
import { openNeighbours } from './neighbour-graph.ts';

/** What the slots and the features of a pack ask of its catalog. */
export interface CatalogIndex {
  /** Where a slot is filled from the catalog. */
  readonly candidatesFor?: GatherCandidates;
  /** Where a feature has the source `last:neighbours`. */
  readonly neighboursOf?: NeighbourScores;
}

/** Prepares a catalog for the decisions by a pack, once.
 * @throws InklingError E_PACK_FORMAT for a neighbours file that cannot be read */
export function indexCatalog(
  sources: CandidateSources & { readonly pack: Pick<Pack, 'slots'> },
): CatalogIndex {
  const { slots, spec } = sources.pack;
  const graph = openNeighbours(sources);
  return {
    ...(slots.some(({ kind }) => kind === 'list') && { candidatesFor: indexCandidates(sources, graph) }),
    ...(JSON.stringify(spec).includes('"last:neighbours"') && {
      neighboursOf: indexNeighbours(sources, graph),
    }),
  };
}
