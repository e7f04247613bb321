import { type ConsentState, PURPOSES, type Regime } from '@inkling/core';
import { expect, test } from 'vitest';
import { type ContextSources, readContext } from './read-context.ts';

function read(regime: Regime, grant: string, beforeChoice?: ContextSources['beforeChoice']) {
  let isDeviceRead = false;
  const context = readContext({
    consent: {
      regime,
      purposes: Object.fromEntries(PURPOSES.map((purpose) => [purpose, grant])) as ConsentState['purposes'],
    },
    beforeChoice,
    edge: { geo: { country: 'NO' } },
    sensors: () => {
      isDeviceRead = true;
      return { device: { viewport: 'small' } };
    },
    profile: undefined,
    override: undefined,
  });
  return [context.geo.country, isDeviceRead];
}

test('before a choice the device is read where the regime allows it, and where the site decided so', () => {
  expect(read('opt-in', 'unset')).toEqual(['NO', false]);
  expect(read('opt-out', 'unset')).toEqual(['NO', true]);
  expect(read('notice', 'unset')).toEqual(['NO', true]);
  expect(read('opt-in', 'unset', 'device')).toEqual(['NO', true]);
  expect(read('opt-out', 'unset', 'edge')).toEqual(['NO', false]);
  expect(read('opt-out', 'unset', 'none')).toEqual(['unknown', false]);
});

test('after one, what was chosen counts, in every regime', () => {
  for (const regime of ['opt-in', 'opt-out', 'notice'] as const) {
    expect(read(regime, 'granted', 'none')).toEqual(['NO', true]);
    expect(read(regime, 'refused', 'device')).toEqual(['unknown', false]);
  }
});
