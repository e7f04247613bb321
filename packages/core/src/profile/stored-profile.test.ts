import { expect, test } from 'vitest';
import { decodeProfile } from './decode-profile.ts';
import { encodeProfile } from './encode-profile.ts';
import { emptyProfile, PROFILE_LIMITS, type Profile } from './profile.ts';
import { createReducer } from './reduce-profile.ts';
import { utf8Length } from './utf8-length.ts';

const DAY = 86_400_000;
const reduce = createReducer({ item: (id) => ({ id, tags: [`${id} tag`, '__proto__'] }) });
const NOW = 400 * DAY;

/** A profile with everything in it. */
function lived(name = 'kettle', acts = 30): Profile {
  let profile = emptyProfile(NOW - 9 * DAY, 'seed');
  for (let i = 0; i < acts; i++) {
    const at = NOW - (acts - i) * 1000;
    for (const type of ['view', 'add_to_cart', 'exposure'] as const) {
      profile = reduce(profile, { type, item: `${name} ${i}`, at });
    }
    if (i % 3 === 0) profile = reduce(profile, { type: 'dismiss', item: `${name} ${i}`, at });
  }
  return profile;
}

test('UTF-8 lengths', () => {
  for (const text of ['', 'a', 'é', '€', '💙', 'a€💙é']) {
    expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
  }
});

test('a profile comes back as it was', () => {
  const profile = lived();
  expect(decodeProfile(encodeProfile(profile), NOW)).toEqual({ profile, diagnostics: [] });
});

test('what is too long loses its oldest detail first, then the oldest dismissals', () => {
  const emoji = '💙'.repeat(125);
  const full = lived(emoji, 200);
  const text = encodeProfile(full);
  expect(utf8Length(JSON.stringify(full))).toBeGreaterThan(PROFILE_LIMITS.bytes);
  expect(utf8Length(text)).toBeLessThanOrEqual(PROFILE_LIMITS.bytes);
  const { profile, diagnostics } = decodeProfile(text, NOW);
  expect(diagnostics).toEqual([]);
  expect(profile?.dismissed).toEqual(full.dismissed);
  expect(profile?.recents).toEqual(full.recents);
  const times = Object.values(profile?.affinities ?? {}).map(([, at]) => at);
  const dropped = Object.entries(full.affinities).filter(([tag]) => !profile?.affinities[tag]);
  expect(dropped.length).toBeGreaterThan(0);
  expect(Math.max(...dropped.map(([, [, at]]) => at))).toBeLessThan(Math.min(...times));

  const dismissed = Array.from({ length: 200 }, (_, i) => `${i} ${emoji}`);
  const kept = decodeProfile(encodeProfile({ ...full, dismissed }), NOW).profile;
  expect(kept?.recents).toEqual([]);
  expect(kept?.dismissed.length).toBeGreaterThan(100);
  expect(kept?.dismissed).toEqual(dismissed.slice(0, kept?.dismissed.length));
});

test('a profile of format 1 is read on', () => {
  const old = {
    format: 1,
    createdAt: NOW - DAY,
    visit: { seed: 's', startedAt: NOW - DAY, lastAt: NOW - DAY, pages: 2, cart: 1, count: 3 },
    affinities: { coffee: [3, NOW - DAY] },
    recents: [{ id: 'kettle', at: NOW - DAY, views: 2, clicks: 1 }],
    dismissed: ['lamp'],
    posterior: { coffee: [0.2, 5] },
    decisions: [{ id: 'd', slot: 'grid', at: NOW - DAY, source: 'ranker', items: ['kettle'] }],
  };
  expect(decodeProfile(old, NOW)).toEqual({
    profile: { ...old, format: 2, counters: {}, posterior: {} },
    diagnostics: [],
  });
});

test('what is damaged is left out part by part, and said', () => {
  const profile = { ...lived(), affinities: { a: [1, 5], b: ['x', 5], c: [1, NOW + 9 * DAY] }, recents: {} };
  const decoded = decodeProfile(JSON.stringify(profile), NOW);
  expect(decoded.profile?.affinities).toEqual({ a: [1, 5] });
  expect(decoded.profile?.recents).toEqual([]);
  expect(decoded.profile?.dismissed).toEqual(profile.dismissed);
  expect(decoded.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'profile_damaged affinities: 2 of 3 could not be kept.',
    'profile_damaged recents: 1 of 1 could not be kept.',
  ]);
});

test('the expiry is hard, from creation', () => {
  const text = encodeProfile(emptyProfile(0, 's'));
  expect(decodeProfile(text, PROFILE_LIMITS.lifeMs - 1).profile).toBeDefined();
  const { profile, diagnostics } = decodeProfile(text, PROFILE_LIMITS.lifeMs);
  expect(profile).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: 'profile_expired', stage: 'profile' }]);
});

test.each([7, 'x', '{', {}, [], { format: 3 }, 10n, { ...emptyProfile(0, 's'), createdAt: 'x' }])(
  'what is no profile is none, and said: case %#',
  (stored) => {
    const { profile, diagnostics } = decodeProfile(stored, NOW);
    expect(profile).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
  },
);

test('nothing stored is nothing to say', () => {
  expect(decodeProfile(undefined, 0)).toEqual({ diagnostics: [] });
  expect(decodeProfile(null, 0)).toEqual({ diagnostics: [] });
});
