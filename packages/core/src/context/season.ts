import type { Season } from './context.ts';

const SEASONS: readonly Season[] = ['winter', 'spring', 'summer', 'autumn'];

/** The meteorological season, by whole months: December to February is winter in the north, summer in the south.
 * @param month 1 to 12 */
export function seasonOf(month: number, south: boolean): Season {
  return SEASONS[(Math.floor((month % 12) / 3) + (south ? 2 : 0)) % 4] as Season;
}
