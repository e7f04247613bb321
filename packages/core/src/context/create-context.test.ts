import { expect, test } from 'vitest';
import type { ConsentState } from '../purpose.ts';
import { createContext, gateContext, isAnythingKnown, isSignalPath, readSignal } from './create-context.ts';

const consent: ConsentState = {
  regime: 'opt-in',
  purposes: {
    necessary: 'granted',
    context: 'granted',
    profile: 'unset',
    measurement: 'unset',
    research: 'refused',
  },
};

test('what no layer gives is unknown, later layers win field by field', () => {
  const context = createContext({ weather: { condition: 'rain', temperature: 'cold' } }, undefined, {
    weather: { condition: 'snow' },
    time: { hour: 9 },
  });
  expect(context.weather).toEqual({
    condition: 'snow',
    temperature: 'cold',
    wind: 'unknown',
    daylight: 'unknown',
  });
  expect(context.time.daypart).toBe('morning');
  expect(readSignal(context, 'geo.country')).toBe('unknown');
  expect(readSignal(context, 'custom.cohort')).toBe('unknown');
});

test('an explicit daypart beats the hour', () => {
  expect(createContext({ time: { hour: 9, daypart: 'evening' } }).time.daypart).toBe('evening');
});

test('nothing known is seen as such', () => {
  expect(isAnythingKnown(createContext())).toBe(false);
  expect(isAnythingKnown(createContext({ custom: { plan: 'free' } }))).toBe(true);
});

test('what needs the profile passes the gate only once it is granted', () => {
  const layer = { device: { form: 'phone' }, visit: { type: 'returning' } } as const;
  expect(gateContext(layer, consent)).toEqual({ device: { form: 'phone' } });
  const purposes = { ...consent.purposes, context: 'refused', profile: 'granted' } as const;
  expect(gateContext(layer, { ...consent, purposes })).toEqual({ visit: { type: 'returning' } });
});

test('signal paths', () => {
  expect(['weather.condition', 'custom.anything'].every(isSignalPath)).toBe(true);
  expect(['weather', 'weather.colour', 'toString.length', 'custom.', 3, undefined].some(isSignalPath)).toBe(
    false,
  );
});
