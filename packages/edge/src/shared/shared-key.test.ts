import type { SharedSpec } from '@inkling/core';
import { expect, test } from 'vitest';
import { contextOfKey, keyText, type SharedKey, sharedKey } from './shared-key.ts';

const spec: SharedSpec = {
  signals: ['geo.country', 'time.daypart', 'weather.condition'],
  countries: [['DE', 'AT'], ['NO']],
};

test('a key has the declared values and an arm, and tells them back', () => {
  const context = {
    geo: { country: 'AT', region: '9', cell: '48.00,16.25', source: 'edge' },
    time: { hour: 23, weekday: 2 },
    device: { form: 'phone' },
  } as const;
  const key = sharedKey(spec, context, 'holdout');
  expect(keyText(key)).toBe('DE night unknown holdout');
  expect(contextOfKey(key)).toEqual({ geo: { country: 'DE', source: 'edge' }, time: { daypart: 'night' } });
  expect(keyText(sharedKey(spec, { geo: { country: 'FR' } }, 'personalized'))).toBe(
    'unknown unknown unknown personalized',
  );
});

test('only a key makes a shared page', () => {
  // @ts-expect-error what anybody writes down is no key
  const forged: SharedKey = { arm: 'personalized', values: { 'time.daypart': 'night' } };
  // @ts-expect-error neither are other values
  const finer: SharedKey = { ...forged, values: { 'geo.cell': '48.00,16.25' } };
  expect([forged, finer]).toHaveLength(2);
});
