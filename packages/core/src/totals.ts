export { creditOf, rewardOf } from './adapt/credit.ts';
export { type Impression, MOST_CANDIDATES } from './totals/impression.ts';
export { addExposure, addReward, type CellKey } from './totals/tally.ts';
export {
  BATCH_SENSITIVITY,
  MOMENTS,
  MOST_EXPOSURES,
  momentOf,
  type TotalsCell,
  type TotalsReport,
} from './totals/totals-report.ts';
