import type { Daylight } from './context.ts';

/** Day or night in the middle of the hour: the sun is up for 6 + φ·(3 − |month − 6.17|) / 70 hours on either side of
 * noon, at φ degrees of latitude. That is the sunrise equation (Meeus, Astronomical Algorithms, 2nd edition, chapter
 * 15) made linear: the sun rises and sets within half an hour of it up to 50°, within an hour and a quarter up to 60°;
 * polar days and nights are missed. The clock is taken for the sun's, which it is to within an hour or so, and another
 * in summer time.
 * @param hour local, 0 to 23
 * @param month 1 to 12
 * @param latitude degrees, south negative */
export function daylightOf(hour: number, month: number, latitude: number): Daylight {
  // The June solstice, where a whole number is the middle of a month.
  const half = 6 + ((3 - Math.abs(month - 6.17)) * latitude) / 70;
  return Math.abs(hour - 11.5) < half ? 'day' : 'night';
}
