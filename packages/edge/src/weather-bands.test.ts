import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conditionOf, temperatureBand, windBand } from './weather-bands.ts';

const codes = join(process.env.INKLING_DATA ?? '../shared/data', 'open-meteo', 'wmo_codes.csv');

test('each condition, and nothing for a code that is not in the table', () => {
  expect([0, 3, 48, 66, 77, 86, 99].map(conditionOf)).toEqual([
    'clear',
    'cloud',
    'fog',
    'rain',
    'snow',
    'snow',
    'storm',
  ]);
  expect([-1, 4, 50, 100, 1.5, Number.NaN].map(conditionOf)).toEqual(Array(6).fill(undefined));
});

test.skipIf(!existsSync(codes))('every published WMO code has the condition its description says', () => {
  const said: readonly (readonly [RegExp, string])[] = [
    [/thunderstorm/i, 'storm'],
    [/snow/i, 'snow'],
    [/rain|drizzle/i, 'rain'],
    [/fog/i, 'fog'],
    [/clear/i, 'clear'],
    [/cloudy|overcast/i, 'cloud'],
  ];
  const lines = readFileSync(codes, 'utf8').trim().split(/\r?\n/).slice(1);
  expect(lines).toHaveLength(28);
  for (const line of lines) {
    const [, code = '', description = ''] = /^(\d+),(.*)$/.exec(line) ?? [];
    const expected = said.find(([pattern]) => pattern.test(description))?.[1];
    expect([line, conditionOf(Number(code))]).toEqual([line, expected]);
  }
});

test('temperature bands change at 0, 8, 17 and 25 °C', () => {
  const bands = [-0.1, 0, 7.9, 8, 16.9, 17, 24.9, 25].map(temperatureBand);
  expect(bands).toEqual(['freezing', 'cold', 'cold', 'mild', 'mild', 'warm', 'warm', 'hot']);
  expect([-101, 71, Number.NaN].map(temperatureBand)).toEqual([undefined, undefined, undefined]);
});

test('wind bands change at 5.5 and 10.8 m/s', () => {
  expect([0, 5.4, 5.5, 10.7, 10.8].map(windBand)).toEqual(['calm', 'calm', 'breezy', 'breezy', 'windy']);
  expect([-1, 121, Number.NaN].map(windBand)).toEqual([undefined, undefined, undefined]);
});
