export {
  type CandidateRequest,
  type CandidateSources,
  type GatherCandidates,
  indexCandidates,
} from './candidates/index-candidates.ts';
export { type CatalogIndex, indexCatalog } from './candidates/index-catalog.ts';
export { indexNeighbours, type NeighbourScores } from './candidates/index-neighbours.ts';
export { createRankNext, type RankNext, type RecentView } from './candidates/rank-next.ts';
