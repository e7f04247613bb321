import { expect, test } from 'vitest';
import { COUNTS } from '../pack/limits.ts';
import { countSharedPages, type SharedSpec } from '../pack/shared-spec.ts';
import { sharedSchema } from './shared-schema.ts';

const whole: SharedSpec = {
  signals: ['geo.country', 'time.season', 'weather.condition', 'device.form'],
  countries: [['DE', 'AT'], ['NO']],
};
const placesOf = (over: object) =>
  (sharedSchema.safeParse({ ...whole, ...over }).error?.issues ?? []).map(({ path }) => path.join('.'));

test('pages are counted with the unknown values, and the holdout’s apart', () => {
  expect(countSharedPages(whole, 0)).toBe(3 * 5 * 7 * 4);
  expect(countSharedPages(whole, 0.1)).toBe(2 * 3 * 5 * 7 * 4);
  expect(countSharedPages({ signals: ['time.daypart', 'weather.temperature'] }, 1)).toBe(6 * 6);
});

test('only few signals of few values can be declared', () => {
  expect(placesOf({})).toEqual([]);
  expect(placesOf({ signals: ['geo.cell'], countries: undefined })).toContain('signals.0');
  expect(placesOf({ signals: [] })).toContain('signals');
  expect(placesOf({ signals: ['geo.country', 'time.season', 'time.season'] })).toEqual(['signals']);
  expect(placesOf({ countries: [['DE'], ['DE']] })).toEqual(['countries']);
  expect(placesOf({ countries: [['Germany']] })).toEqual(['countries.0.0']);
  expect(placesOf({ signals: ['time.season'] })).toEqual(['countries']);
  const { countries: _, ...without } = whole;
  expect(sharedSchema.safeParse(without).success).toBe(false);
});

test('more pages than a cache should hold are refused, with their number', () => {
  const signals = ['geo.country', 'time.daypart', 'weather.condition', 'weather.temperature', 'device.form'];
  const { error } = sharedSchema.safeParse({ ...whole, signals });
  expect(error?.issues[0]?.message).toBe(
    `expected at most ${COUNTS.sharedPages} pages of each address, found ${2 * 3 * 6 * 7 * 6 * 4}`,
  );
});
