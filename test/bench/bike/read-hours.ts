import { readTable } from '@inkling/cli';
import { type Context, createContext } from '@inkling/core';
import { temperatureBand, windBand } from '../../../packages/edge/src/weather-bands.ts';

/** An hour of the city's bike hire (UCI Bike Sharing, hour.csv). */
export interface Hour {
  /** `2011-01-23` */
  readonly day: string;
  readonly context: Context;
  /** Bikes hired in it. */
  readonly count: number;
}

const SEASONS = ['winter', 'spring', 'summer', 'autumn'] as const;
const CONDITIONS = ['clear', 'cloud', 'rain', 'storm'] as const;

/** Reads hours as the context that a page would have had. */
export async function readHours(file: string): Promise<readonly Hour[]> {
  const hours: Hour[] = [];
  for await (const { cells } of readTable(file)) {
    const number = (column: string) => Number(cells[column]);
    const day = String(cells.dteday);
    const context = createContext({
      time: {
        hour: number('hr'),
        weekday: ((number('weekday') + 6) % 7) + 1,
        season: SEASONS[number('season') - 1] ?? 'unknown',
      },
      weather: {
        condition: CONDITIONS[number('weathersit') - 1] ?? 'unknown',
        // The set's own scales: apparent temperature from -16 to 50 °C, wind up to 67 km/h.
        temperature: temperatureBand(number('atemp') * 66 - 16) ?? 'unknown',
        wind: windBand((number('windspeed') * 67) / 3.6) ?? 'unknown',
      },
      custom: { working: number('workingday') === 1 },
    });
    hours.push({ day, context, count: number('cnt') });
  }
  return hours;
}
