import type { TemperatureBand, WeatherCondition, WindBand } from '@inkling/core';

/** WMO code table 4677 as Open-Meteo uses it. Freezing rain counts as rain, snow grains as snow, hail as storm. */
const CONDITIONS: readonly (readonly [WeatherCondition, readonly number[]])[] = [
  ['clear', [0, 1]],
  ['cloud', [2, 3]],
  ['fog', [45, 48]],
  ['rain', [51, 53, 55, 56, 57, 61, 63, 65, 66, 67, 80, 81, 82]],
  ['snow', [71, 73, 75, 77, 85, 86]],
  ['storm', [95, 96, 99]],
];

/** The condition of a WMO weather code; `undefined` for a code that is not in the table. */
export function conditionOf(code: number): WeatherCondition | undefined {
  return CONDITIONS.find(([, codes]) => codes.includes(code))?.[0];
}

/** @param celsius Apparent temperature where known. Outside −100 to 70 it is taken for an error: `undefined`. */
export function temperatureBand(celsius: number): TemperatureBand | undefined {
  if (!(celsius >= -100 && celsius <= 70)) return undefined;
  if (celsius < 0) return 'freezing';
  if (celsius < 8) return 'cold';
  if (celsius < 17) return 'mild';
  return celsius < 25 ? 'warm' : 'hot';
}

/** @param metresPerSecond Up to Beaufort 3 is calm, from Beaufort 6 windy. Outside 0 to 120: `undefined`. */
export function windBand(metresPerSecond: number): WindBand | undefined {
  if (!(metresPerSecond >= 0 && metresPerSecond <= 120)) return undefined;
  if (metresPerSecond < 5.5) return 'calm';
  return metresPerSecond < 10.8 ? 'breezy' : 'windy';
}
