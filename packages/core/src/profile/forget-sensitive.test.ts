import { expect, test } from 'vitest';
import type { Item } from '../item.ts';
import { forgetSensitive } from './forget-sensitive.ts';
import { emptyProfile } from './profile.ts';
import { createReducer } from './reduce-profile.ts';

test('tags that a new pack marks as sensitive leave the profile; the rest, and caps on the item, stay', () => {
  const find = (id: string): Item => ({ id, tags: [id] });
  const reduce = createReducer({ item: find });
  let profile = { ...emptyProfile(0, 's'), posterior: { mean: [1] } as never };
  for (const item of ['health', 'coffee']) {
    profile = { ...profile, ...reduce(profile, { type: 'view', item, at: 1 }) } as typeof profile;
    profile = { ...profile, ...reduce(profile, { type: 'exposure', item, at: 1 }) } as typeof profile;
  }
  const left = forgetSensitive(profile, find, new Set(['health']));
  expect(left.recents.map(({ id }) => id)).toEqual(['coffee']);
  expect(Object.keys(left.affinities)).toEqual(['coffee']);
  expect(Object.keys(left.counters)).toEqual(['item:health', 'item:coffee', 'tag:coffee']);
  expect(left.posterior).toEqual({});
  expect(forgetSensitive(profile, find, new Set(['politics']))).toBe(profile);
});
