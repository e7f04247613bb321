import { expect, expectTypeOf, test } from 'vitest';
import type { Diagnostic } from '../diagnostic.ts';
import type { ConsentState } from '../purpose.ts';
import type { Context, ContextPatch, GrantedContext, SignalPath } from './context.ts';
import { createContext, isAnythingKnown, isSignalPath, readSignal } from './create-context.ts';
import { daylightOf } from './daylight.ts';
import { gateContext, grantContext, purposeOf } from './grant-context.ts';
import { createSignalReader } from './read-granted.ts';
import { seasonOf } from './season.ts';

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

test('where the grant is known, a signal of another purpose does not compile, and is unknown if forced', () => {
  const whole = createContext({ weather: { condition: 'rain' }, visit: { type: 'returning' } });
  const granted: GrantedContext<'context'> = grantContext(whole, ['context']);
  expect(readSignal(granted, 'weather.condition')).toBe('rain');
  // @ts-expect-error visit needs the purpose profile
  expect(readSignal(granted, 'visit.type')).toBe('unknown');
  // @ts-expect-error no such signal
  expect(readSignal(whole, 'weather.colour')).toBe('unknown');
  expect(readSignal(grantContext(whole, ['profile']), 'visit.type')).toBe('returning');
  expect(readSignal(grantContext(whole, ['context', 'profile']), 'visit.type')).toBe('returning');
  expectTypeOf(purposeOf('visit')).toEqualTypeOf<'profile'>();
  expectTypeOf(purposeOf('weather')).toEqualTypeOf<'context'>();
  expectTypeOf<SignalPath<GrantedContext<'profile'>>>().toEqualTypeOf<
    'session.pages' | 'session.lastItems' | 'session.cart' | 'visit.type'
  >();
});

test('where it is known only at runtime, the signal is unknown and that is said once', () => {
  const heard: Diagnostic[] = [];
  const whole = createContext({ visit: { type: 'returning' }, time: { hour: 9 } });
  const read = createSignalReader(gateContext(whole, consent), 7, (diagnostic) => heard.push(diagnostic));
  expect([read('visit.type'), read('visit.type'), read('time.hour')]).toEqual(['unknown', 'unknown', '9']);
  expect(heard).toEqual([
    {
      code: 'signal_not_granted',
      stage: 'context',
      message: 'visit.type needs the purpose profile, which is not granted.',
      at: 7,
    },
  ]);
});

test('a site declares signals of its own, with their types', () => {
  type Own = { readonly plan: 'free' | 'paid'; readonly seats: number };
  const context: Context<Own> = createContext<Own>({ custom: { plan: 'paid' } });
  expect(readSignal(context, 'custom.plan')).toBe('paid');
  expect(readSignal(context, 'custom.seats')).toBe('unknown');
  expectTypeOf(context.custom.plan).toEqualTypeOf<'free' | 'paid' | undefined>();
  // @ts-expect-error not declared
  expect(readSignal(context, 'custom.cohort')).toBe('unknown');
  // @ts-expect-error no such plan
  createContext<Own>({ custom: { plan: 'gold' } });
});

test('a signal may be called like a thing that every object has', () => {
  expect(readSignal(createContext(), 'custom.constructor')).toBe('unknown');
  const context = createContext({ custom: JSON.parse('{"__proto__":"a","constructor":"b"}') });
  expect([readSignal(context, 'custom.__proto__'), readSignal(context, 'custom.constructor')]).toEqual([
    'a',
    'b',
  ]);
  expect(Object.getPrototypeOf(context.custom)).toBe(Object.prototype);
});

test('daylight: the service first, else by the cell, else by the hemisphere of the season, else unknown', () => {
  const at = (...layers: ContextPatch[]) => createContext(...layers).time.daylight;
  const time = { hour: 17, month: 12 };
  expect(at({ time, weather: { daylight: 'day' } })).toBe('day');
  expect(at({ time, geo: { cell: '52.50,13.25' } })).toBe('night');
  expect(at({ time, geo: { cell: '-34.00,151.00' } })).toBe('day');
  expect(at({ time: { ...time, season: 'winter' } })).toBe('night');
  expect(at({ time: { ...time, season: 'summer' } })).toBe('day');
  expect(at({ time })).toBe('unknown');
  expect(at({ time: { hour: 12, season: 'winter' } })).toBe('unknown');
});

test('daylight agrees with the sunrise equation, but for the hour of dawn or dusk', () => {
  const radians = Math.PI / 180;
  const sunrise = (month: number, latitude: number) => {
    const day = 30.44 * (month - 0.5);
    const declination = -23.44 * Math.cos(((day + 10) / 365.25) * 2 * Math.PI) * radians;
    const phi = latitude * radians;
    const cosine =
      (Math.sin(-0.833 * radians) - Math.sin(phi) * Math.sin(declination)) /
      (Math.cos(phi) * Math.cos(declination));
    return 12 - Math.acos(cosine) / radians / 15;
  };
  for (let latitude = -60; latitude <= 60; latitude += 5) {
    const tolerance = Math.abs(latitude) <= 50 ? 0.5 : 1.25;
    for (let month = 1; month <= 12; month++) {
      const dawn = sunrise(month, latitude);
      for (let hour = 0; hour < 24; hour++) {
        const up = Math.min(hour + 0.5, 24 - (hour + 0.5)) - dawn;
        if (Math.abs(up) <= tolerance) continue;
        expect(daylightOf(hour, month, latitude), `${latitude}° ${month} ${hour}`).toBe(
          up > 0 ? 'day' : 'night',
        );
      }
    }
  }
});

test('seasons go by whole months and turn at the equator', () => {
  const north = Array.from({ length: 12 }, (_, i) => seasonOf(i + 1, false));
  expect(north[1]).toBe('winter');
  expect(north[2]).toBe('spring');
  expect(north[11]).toBe('winter');
  expect(seasonOf(1, true)).toBe('summer');
});
