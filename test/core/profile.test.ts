import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Counters,
  countSince,
  createReducer,
  emptyProfile,
  fade,
  type InklingEvent,
  PROFILE_LIMITS,
  type Profile,
  tastes,
} from '@inkling/core';
import { decodeProfile, encodeProfile } from '@inkling/core/profile';
import { exportProfile, importProfile } from '@inkling/core/profile-file';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyName, DAY, histories, itemCalled, NOW, TYPES } from './arbitrary-history.ts';
import { propertyRuns, RUNS } from './property-runs.ts';

const HALF_LIFE = 10;
/** A hundred thousand when the runs are many. */
const EVENTS = Math.min(25 * RUNS, 100_000);
const reduce = createReducer({ item: itemCalled, halfLifeDays: HALF_LIFE });
const lived = (events: readonly InklingEvent[]) => events.reduce(reduce, emptyProfile(NOW - 200 * DAY, 's'));
const bytes = (text: string) => new TextEncoder().encode(text).length;

test('an affinity is the sum of its weights, each halved every half-life, whatever was read between', () => {
  fc.assert(
    fc.property(
      histories(['view', 'click', 'search', 'add_to_cart'], 40),
      fc.nat(300),
      (events, daysLater) => {
        const read = NOW + daysLater * DAY;
        let profile = emptyProfile(0, 's');
        for (const event of events) {
          profile = reduce(profile, event);
          tastes(profile, event.at, HALF_LIFE);
        }
        for (const [tag, fading] of Object.entries(profile.affinities)) {
          const exact = events
            .map(({ type, item, tags, at }) => {
              const all = type === 'search' ? tags : itemCalled(item ?? '').tags;
              const times = all?.filter((other) => other === tag).length ?? 0;
              const weight = { add_to_cart: 3, search: 2 }[type as string] ?? 1;
              return times * weight * 2 ** (-(read - at) / (HALF_LIFE * DAY));
            })
            .reduce((a, b) => a + b, 0);
          expect(Math.abs(fade(fading, read, HALF_LIFE) / exact - 1)).toBeLessThan(1e-12);
        }
      },
    ),
    propertyRuns(),
  );
});

test('the order in which events come changes nothing but the last digits', () => {
  const withOrders = histories(
    ['view', 'click', 'dwell', 'search', 'add_to_cart', 'dismiss', 'less_like_this', 'exposure'],
    40,
  ).chain((events) =>
    fc.tuple(fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length })),
  );
  fc.assert(
    fc.property(withOrders, ([events, shuffled]) => {
      const one = lived(events);
      const other = lived(shuffled);
      const rounded = ({ recents, affinities }: Profile) => ({
        recents: recents.map((recent) => ({ ...recent, dwell: recent.dwell?.toPrecision(10) })),
        affinities: Object.entries(affinities).sort(([a], [b]) => (a < b ? -1 : 1)),
      });
      expect(rounded(other).recents).toEqual(rounded(one).recents);
      expect(new Set(other.dismissed)).toEqual(new Set(one.dismissed));
      expect(other.counters).toEqual(one.counters);
      expect(Object.keys(other.affinities).sort()).toEqual(Object.keys(one.affinities).sort());
      for (const [tag, [value, at, weight]] of rounded(one).affinities) {
        const [v, t, w] = Object.entries(other.affinities).find(([name]) => name === tag)?.[1] ?? [0, 0];
        expect(t).toBe(at);
        // Relative to what was added up, as terms of both signs may cancel.
        expect(Math.abs(v - value)).toBeLessThanOrEqual(1e-12 * (weight ?? value));
        expect(w ?? v).toBeCloseTo(weight ?? value, 9);
      }
    }),
    propertyRuns(),
  );
});

test('a window counts the exposures of its days', () => {
  const exposed = fc.array(fc.integer({ min: NOW - 60 * DAY, max: NOW }), { maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(exposed, fc.integer({ min: 1, max: 31 }), (times, days) => {
      const profile = lived(times.map((at) => ({ type: 'exposure', item: 'x', at })));
      const today = Math.floor(NOW / DAY);
      // What is older than 31 days when it comes is forgotten; so the newest is taken for today.
      const newest = Math.max(...times.map((at) => Math.floor(at / DAY)));
      const exact = times.filter((at) => {
        const day = Math.floor(at / DAY);
        return day > today - days && day > newest - 31;
      }).length;
      expect(countSince(profile, 'item:x', days, NOW)).toBe(exact);
    }),
    propertyRuns(0.5),
  );
});

test('whatever was lived fits into 64 KiB, and comes back without complaint', () => {
  fc.assert(
    fc.property(histories(TYPES, 200), (events) => {
      const profile = lived(events);
      const text = encodeProfile(profile);
      expect(bytes(text)).toBeLessThanOrEqual(PROFILE_LIMITS.bytes);
      const decoded = decodeProfile(text, NOW);
      expect(decoded.diagnostics).toEqual([]);
      if (text === JSON.stringify(profile)) expect(decoded.profile).toEqual(profile);
    }),
    propertyRuns(0.25),
  );
});

test('a long life with long names fits, too', () => {
  let profile = emptyProfile(NOW - 99 * DAY, 's');
  const long = Array.from({ length: 1000 }, (_, i) => `${i} ${'💙'.repeat(125)}`);
  for (let i = 0; i < EVENTS; i++) {
    const item = long[i % long.length] ?? '';
    profile = reduce(profile, {
      type: TYPES[i % TYPES.length] ?? 'view',
      item,
      at: NOW - EVENTS + i,
      value: 9,
    });
  }
  const text = encodeProfile(profile);
  expect(bytes(text)).toBeLessThanOrEqual(PROFILE_LIMITS.bytes);
  expect(decodeProfile(text, NOW).diagnostics).toEqual([]);
});

test('a profile that no reducer made is bounded, too', () => {
  const huge = fc
    .tuple(fc.constantFrom('a', 'é', '€', '💙', '"', '\ud800', '\u0007'), fc.nat(20_000))
    .map(([unit, times]) => unit.repeat(times));
  fc.assert(
    fc.property(fc.array(huge, { maxLength: 12 }), fc.array(anyName), (names, dismissed) => {
      const profile: Profile = {
        ...emptyProfile(0, 's'),
        affinities: Object.fromEntries(names.map((name, at) => [name, [1, at]])),
        recents: names.map((id, at) => ({ id, at, views: 1, clicks: 0 })),
        dismissed: [...names, ...dismissed],
        counters: Object.fromEntries(names.map((name, day) => [`item:${name}`, [day, 1]])) as Counters,
      };
      expect(bytes(encodeProfile(profile))).toBeLessThanOrEqual(PROFILE_LIMITS.bytes);
    }),
    propertyRuns(0.125),
  );
});

test('nothing that a device may hold makes reading throw, and what is read can be used', () => {
  const part = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.dictionary(anyName, fc.array(fc.double(), { maxLength: 4 })),
    fc.array(fc.record({ id: anyName, at: fc.double(), views: fc.integer() }, { requiredKeys: [] })),
  );
  const damaged = fc.record(
    {
      format: fc.constantFrom(1, 2, 3, '2'),
      createdAt: fc.oneof(fc.constant(NOW - DAY), fc.double(), part),
      visit: fc.oneof(fc.constant(emptyProfile(NOW, 's').visit), part),
      affinities: part,
      recents: part,
      dismissed: part,
      counters: part,
      posterior: part,
      decisions: part,
    },
    { requiredKeys: ['format', 'createdAt'] },
  );
  const stored = fc.oneof(
    damaged,
    damaged.map((value) => JSON.stringify(value)),
    fc.anything(),
    fc.string(),
  );
  fc.assert(
    fc.property(stored, (value) => {
      const { profile } = decodeProfile(value, NOW);
      if (!profile) return;
      const next = reduce(profile, { type: 'click', item: 'kettle', at: NOW });
      for (const taste of tastes(next, NOW, HALF_LIFE).values())
        expect(Math.abs(taste)).toBeLessThanOrEqual(1);
      const again = decodeProfile(encodeProfile(next), NOW);
      expect(again.diagnostics).toEqual([]);
      expect(() => exportProfile(next, NOW)).not.toThrow();
    }),
    propertyRuns(2),
  );
});

test('a file comes back whole', () => {
  fc.assert(
    fc.property(histories(TYPES, 60), (events) => {
      const profile = lived(events);
      expect(importProfile(exportProfile(profile, NOW), NOW)).toEqual(profile);
    }),
    propertyRuns(0.25),
  );
});

test('a profile that version 0.1.0 stored says the same of tastes, and is read whole but for what was learnt', () => {
  const file = join(import.meta.dirname, 'profiles/format-1.json');
  const old = JSON.parse(readFileSync(file, 'utf8'));
  const { profile, diagnostics } = decodeProfile(old, NOW);
  expect(diagnostics).toEqual([]);
  expect(profile).toEqual({ ...old, format: 2, counters: {}, posterior: {} });
  const entries = Object.entries<readonly [number, number]>(old.affinities);
  expect(entries.length).toBeGreaterThan(20);
  const now = NOW + 5 * DAY;
  const before = entries.map(([tag, sum]) => {
    const value = fade(sum, now, 14);
    return [tag, value / (2 + Math.abs(value))];
  });
  expect([...tastes(profile, now, 14)]).toEqual(before);
});
