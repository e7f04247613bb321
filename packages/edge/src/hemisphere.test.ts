import { expect, test } from 'vitest';
import { hemisphere } from './hemisphere.ts';

test('the latitude decides where it is known', () => {
  expect(hemisphere(-33.9, 'DE')).toBe('south');
  expect(hemisphere(0.1, 'AU')).toBe('north');
});

test('else the country, where it lies on one side of the equator', () => {
  expect(hemisphere(undefined, 'AU')).toBe('south');
  expect(hemisphere(undefined, 'DE')).toBe('north');
  expect(hemisphere(undefined, 'KE')).toBeUndefined();
  expect(hemisphere(undefined, undefined)).toBeUndefined();
});

test('else the continent, where the country is not known and the continent lies on one side', () => {
  expect(hemisphere(undefined, undefined, 'EU')).toBe('north');
  expect(hemisphere(undefined, undefined, 'AN')).toBe('south');
  expect(hemisphere(undefined, undefined, 'AF')).toBeUndefined();
  expect(hemisphere(undefined, undefined, 'T1')).toBeUndefined();
  expect(hemisphere(undefined, 'KE', 'EU')).toBeUndefined();
});
