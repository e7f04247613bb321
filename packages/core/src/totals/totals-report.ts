import type { Context } from '../context/context.ts';
import type { Arm } from '../slate/slate.ts';

/** How often slates of one kind were seen, and how often an act followed: the pack's version; the slot; the arm; the
 * experiment that varies the slot and its variation, `experiment:variation`, or empty; the moment; exposures; how many
 * of those were rewarded. */
export type TotalsCell = readonly [
  version: number,
  slot: string,
  arm: Arm,
  variation: string,
  moment: string,
  exposures: number,
  rewards: number,
];

/** What one browser adds to the totals for one day. No two of its cells are alike but for the counts. */
export interface TotalsReport {
  /** 32 hex digits: the same whenever this browser sends this day, and another for every browser and every day. */
  readonly batch: string;
  readonly cells: readonly TotalsCell[];
}

/** How many exposures one batch may hold, over all cells. What is seen later that day is not counted, nor is what follows
 * it, so that the share of rewarded ones stays true. */
export const MOST_EXPOSURES = 16;

/** By how much one batch can change all counts together: every exposure may be rewarded once. */
export const BATCH_SENSITIVITY: number = 2 * MOST_EXPOSURES;

const DAYPARTS: readonly Context['time']['daypart'][] = [
  ...(['morning', 'midday', 'afternoon', 'evening', 'night'] as const),
  'unknown',
];
const CONDITIONS: readonly Context['weather']['condition'][] = [
  ...(['clear', 'cloud', 'fog', 'rain', 'snow', 'storm'] as const),
  'unknown',
];

/** Every moment that a cell may name: part of the day, a space, condition of the weather. */
export const MOMENTS: readonly string[] = DAYPARTS.flatMap((daypart) =>
  CONDITIONS.map((condition) => `${daypart} ${condition}`),
);

/** The moment of a decision, as coarse as it is counted. */
export function momentOf({ time, weather }: Pick<Context, 'time' | 'weather'>): string {
  const moment = `${time.daypart} ${weather.condition}`;
  // A site may say anything of its own moment.
  return MOMENTS.includes(moment) ? moment : 'unknown unknown';
}
