export {
  type CandidateRequest,
  type CandidateSources,
  type GatherCandidates,
  indexCandidates,
} from './candidates/index-candidates.ts';
export { createRankNext, type RankNext, type RecentView } from './candidates/rank-next.ts';
