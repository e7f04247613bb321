import { expect, test } from 'vitest';
import { createContext, readSignal } from '../context/create-context.ts';
import { withoutSignals } from '../context/without-signals.ts';
import { decodeProfile } from './decode-profile.ts';
import { encodeProfile } from './encode-profile.ts';
import { exportProfile } from './export-profile.ts';
import { importProfile } from './import-profile.ts';
import { emptyProfile, type Profile } from './profile.ts';
import { createReducer } from './reduce-profile.ts';

const NOW = Date.UTC(2026, 10, 20);
const SET: Profile = {
  ...emptyProfile(NOW, 'seed'),
  unused: ['weather.condition', 'custom.loyalty'],
  paused: true,
  neutral: true,
};

test('what the visitor set is stored, exported and imported with the profile; what is not set leaves no trace', () => {
  expect(decodeProfile(encodeProfile(SET), NOW)).toEqual({ profile: SET, diagnostics: [] });
  expect(importProfile(exportProfile(SET, NOW), NOW)).toEqual(SET);
  const plain = emptyProfile(NOW, 'seed');
  expect(importProfile(exportProfile(plain, NOW), NOW)).toStrictEqual(plain);
  expect(exportProfile(plain, NOW)).not.toMatch(/unused|paused|neutral/);
});

test('settings that are damaged are left out and said, or refused in a file', () => {
  const { profile, diagnostics } = decodeProfile({ ...SET, unused: ['time.hour', 7], paused: 'yes' }, NOW);
  expect(profile?.unused).toEqual(['time.hour']);
  expect(profile).not.toHaveProperty('paused');
  expect(diagnostics).toMatchObject([{ code: 'profile_damaged' }]);
  const file = JSON.stringify({ ...JSON.parse(exportProfile(SET, NOW)), unused: [7] });
  expect(() => importProfile(file, NOW)).toThrow('file.unused[0]');
});

test('a paused profile learns nothing; what is rejected is obeyed', () => {
  const reduce = createReducer({ item: (id) => ({ id, tags: ['rain'] }) });
  const profile = { ...emptyProfile(NOW, 'seed'), paused: true };
  for (const type of ['view', 'click', 'purchase', 'like', 'exposure'] as const) {
    expect(reduce(profile, { type, item: 'coat', slot: 'grid', at: NOW })).toBe(profile);
  }
  expect(reduce(profile, { type: 'less_like_this', item: 'coat', at: NOW })).toEqual({
    ...profile,
    dismissed: ['coat'],
  });
});

test('signals that are switched off are unknown, the others as they were', () => {
  const known = createContext({ time: { hour: 9, month: 6 }, custom: { loyalty: 'gold' } });
  const context = createContext(known, withoutSignals(['time.hour', 'custom.loyalty']));
  expect(readSignal(context, 'time.hour')).toBe('unknown');
  expect(readSignal(context, 'custom.loyalty')).toBe('unknown');
  expect(readSignal(context, 'time.month')).toBe('6');
  expect(withoutSignals()).toBeUndefined();
});
