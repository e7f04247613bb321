export type { Impression } from './totals/impression.ts';
export {
  BATCH_SENSITIVITY,
  MOMENTS,
  MOST_EXPOSURES,
  momentOf,
  type TotalsCell,
  type TotalsReport,
} from './totals/totals-report.ts';
