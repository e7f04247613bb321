import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseOpenMeteo } from './parse-open-meteo.ts';

const data = join(process.env.INKLING_DATA ?? '../shared/data', 'open-meteo');

const metric = { apparent_temperature: '°C', temperature_2m: '°C', wind_speed_10m: 'km/h' };

test('today’s shape gives condition, bands and daylight', () => {
  const current = {
    temperature_2m: 9,
    apparent_temperature: 6,
    is_day: 0,
    weather_code: 63,
    wind_speed_10m: 25,
  };
  expect(parseOpenMeteo({ current_units: metric, current })).toEqual({
    condition: 'rain',
    temperature: 'cold',
    wind: 'breezy',
    daylight: 'night',
  });
});

test('the temperature felt goes first, the measured one stands in', () => {
  const temperature = (current: object) => parseOpenMeteo({ current_units: metric, current }).temperature;
  expect(temperature({ temperature_2m: 20, apparent_temperature: 5 })).toBe('cold');
  expect(temperature({ temperature_2m: 20, apparent_temperature: null })).toBe('warm');
  expect(temperature({ temperature_2m: 20, apparent_temperature: 999 })).toBe('warm');
});

test.each([
  ['°F', 'm/s', { temperature: 'mild', wind: 'windy' }],
  ['°F', 'mp/h', { temperature: 'mild', wind: 'breezy' }],
  ['°F', 'kn', { temperature: 'mild', wind: 'breezy' }],
  ['°C', 'km/h', { temperature: 'hot', wind: 'calm' }],
  [undefined, undefined, { temperature: 'hot', wind: 'calm' }],
  ['K', 'furlong', {}],
  ['constructor', 'toString', {}],
])('60 %s and 13 %s', (degrees, speed, expected) => {
  const current_units = { temperature_2m: degrees, wind_speed_10m: speed };
  const current = { temperature_2m: 60, wind_speed_10m: 13 };
  expect(parseOpenMeteo({ current_units, current })).toEqual(expected);
});

test('older key names are read', () => {
  const older = { weathercode: 71, windspeed_10m: 50, temperature_2m: -3 };
  const snow = { condition: 'snow', temperature: 'freezing', wind: 'windy' };
  expect(parseOpenMeteo({ current: older })).toEqual(snow);
  const oldest = { weathercode: 71, windspeed: 50, temperature: -3, is_day: 1 };
  expect(parseOpenMeteo({ current_weather: oldest })).toEqual({ ...snow, daylight: 'day' });
});

test('a field that is null, text or out of range is left out', () => {
  const current = { temperature_2m: '12', is_day: 2, weather_code: null, wind_speed_10m: -4 };
  expect(parseOpenMeteo({ current_units: metric, current })).toEqual({});
});

test.each([
  [null],
  ['<html>'],
  [[]],
  [{ error: true, reason: 'Minutely API request limit exceeded.' }],
  [{ current: null }],
  [{ current: [1, 2], current_units: 7 }],
  [{ daily: { weathercode: [95] }, daily_units: {} }],
])('%j holds no current weather', (body) => {
  expect(parseOpenMeteo(body)).toEqual({});
});

test.skipIf(!existsSync(data)).each([
  ['current_minimal.json', { condition: 'clear', temperature: 'warm' }],
  ['current_with_nulls.json', { condition: 'cloud', temperature: 'warm', wind: 'calm', daylight: 'day' }],
  ['daily_legacy_keys_kolkata.json', {}],
  ['daily_wmo_new_york.json', {}],
  ['geocoding.json', {}],
  ['historical_weather.json', {}],
])('the real answer %s', (file, expected) => {
  expect(parseOpenMeteo(JSON.parse(readFileSync(join(data, file), 'utf8')))).toEqual(expected);
});
