export {
  type CandidateRequest,
  type CandidateSources,
  type GatherCandidates,
  indexCandidates,
} from './candidates/index-candidates.ts';
