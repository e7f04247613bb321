import { conditionOf, temperatureBand, windBand } from './weather-bands.ts';
import type { CellWeather } from './weather-provider.ts';

type Fields = Readonly<Record<string, unknown>>;

/** To °C: subtract, then multiply. */
const TEMPERATURE_UNITS: ReadonlyMap<unknown, readonly [number, number]> = new Map([
  [undefined, [0, 1]],
  ['°C', [0, 1]],
  ['°F', [32, 5 / 9]],
]);

/** To m/s: multiply. */
const SPEED_UNITS: ReadonlyMap<unknown, number> = new Map([
  [undefined, 1 / 3.6],
  ['km/h', 1 / 3.6],
  ['m/s', 1],
  ['mp/h', 0.44704],
  ['mph', 0.44704],
  ['kn', 1852 / 3600],
]);

/**
 * Reads the current weather from an Open-Meteo answer, whatever units it uses, with today's key names or the older
 * ones. A field that is absent, null or out of range is left out; an answer without current weather gives `{}`.
 */
export function parseOpenMeteo(body: unknown): CellWeather {
  const root = fieldsOf(body);
  const legacy = !('current' in root);
  const values = fieldsOf(legacy ? root.current_weather : root.current);
  const units = fieldsOf(legacy ? root.current_weather_units : root.current_units);

  const find = <T>(keys: readonly string[], read: (value: number, unit: unknown) => T | undefined) => {
    for (const key of keys) {
      const value = values[key];
      const result = typeof value === 'number' ? read(value, units[key]) : undefined;
      if (result !== undefined) return result;
    }
    return undefined;
  };

  const condition = find(['weather_code', 'weathercode'], conditionOf);
  const temperature = find(['apparent_temperature', 'temperature_2m', 'temperature'], (value, unit) => {
    const [zero, scale] = TEMPERATURE_UNITS.get(unit) ?? [0, Number.NaN];
    return temperatureBand((value - zero) * scale);
  });
  const wind = find(['wind_speed_10m', 'windspeed_10m', 'windspeed'], (value, unit) =>
    windBand(value * (SPEED_UNITS.get(unit) ?? Number.NaN)),
  );
  const daylight = find(['is_day'], (value) => (value === 1 ? 'day' : value === 0 ? 'night' : undefined));
  return {
    ...(condition && { condition }),
    ...(temperature && { temperature }),
    ...(wind && { wind }),
    ...(daylight && { daylight }),
  };
}

function fieldsOf(value: unknown): Fields {
  // Any object can be read as a record of unknown values.
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
