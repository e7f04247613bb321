import { expect, test } from 'vitest';
import type { InklingEvent } from './event.ts';
import { emptyProfile, fade, PROFILE_LIMITS, reviveProfile } from './profile.ts';
import { beginPage, createReducer } from './reduce-profile.ts';

const DAY = 86_400_000;
const reduce = createReducer({
  item: (id) => ({ id, tags: id === 'kettle' ? ['coffee', 'kitchen'] : [id] }),
  halfLifeDays: 10,
});
const event = (type: InklingEvent['type'], item: string, at: number): InklingEvent => ({ type, item, at });

test('an affinity halves every half-life, exactly the same whether or not it was read between', () => {
  const profile = reduce(emptyProfile(0, 's'), event('click', 'kettle', 0));
  const coffee = profile.affinities.coffee;
  expect(coffee).toEqual([1, 0]);
  expect(fade([1, 0], 10 * DAY, 10)).toBeCloseTo(0.5, 15);
  const later = reduce(profile, event('click', 'kettle', 10 * DAY));
  expect(later.affinities.coffee?.[0]).toBeCloseTo(1.5, 15);
});

test('stronger acts weigh more; a rejection weighs against, hides the item and leaves recents', () => {
  let profile = reduce(emptyProfile(0, 's'), event('add_to_cart', 'kettle', 0));
  expect(profile.affinities.coffee?.[0]).toBe(3);
  expect(profile.visit.cart).toBe(1);
  profile = reduce(profile, event('less_like_this', 'kettle', 0));
  expect(profile.affinities.coffee?.[0]).toBe(0);
  expect(profile.dismissed).toEqual(['kettle']);
  expect(profile.recents).toEqual([]);
});

test('recents: newest first, once each, with counts', () => {
  let profile = emptyProfile(0, 's');
  for (const [type, item, at] of [
    ['view', 'a', 1],
    ['view', 'b', 2],
    ['click', 'a', 3],
  ] as const) {
    profile = reduce(profile, event(type, item, at));
  }
  expect(profile.recents).toEqual([
    { id: 'a', at: 3, views: 1, clicks: 1 },
    { id: 'b', at: 2, views: 1, clicks: 0 },
  ]);
});

test('the reducer never changes what it was given', () => {
  const before = reduce(emptyProfile(0, 's'), event('click', 'kettle', 0));
  const copy = structuredClone(before);
  reduce(before, event('purchase', 'kettle', 5));
  expect(before).toEqual(copy);
});

test('sizes are bounded, the weakest tags going first', () => {
  let profile = emptyProfile(0, 's');
  profile = reduce(profile, event('purchase', 'kept', 0));
  for (let i = 0; i < 400; i++) profile = reduce(profile, event('view', `tag${i}`, i));
  expect(profile.recents).toHaveLength(PROFILE_LIMITS.recents);
  expect(Object.keys(profile.affinities)).toHaveLength(PROFILE_LIMITS.tags);
  expect(profile.affinities.kept).toBeDefined();
  expect(JSON.stringify(profile).length).toBeLessThan(65_536);
});

test('a visit goes on within half an hour and keeps its seed; after it a new one begins', () => {
  const first = beginPage(emptyProfile(0, 'one'), 1000, 'two');
  expect(first.visit).toMatchObject({ seed: 'one', pages: 1, count: 1 });
  const next = beginPage(first, 1000 + PROFILE_LIMITS.visitGapMs, 'two');
  expect(next.visit).toMatchObject({ seed: 'two', pages: 0, count: 2 });
});

test('a stored profile that is foreign, damaged or past its hard expiry is not used', () => {
  const profile = emptyProfile(0, 's');
  expect(reviveProfile(profile, PROFILE_LIMITS.lifeMs - 1)).toBe(profile);
  expect(reviveProfile(profile, PROFILE_LIMITS.lifeMs)).toBeUndefined();
  for (const bad of [undefined, null, 7, 'x', {}, { ...profile, format: 3 }, { ...profile, recents: {} }]) {
    expect(reviveProfile(bad, 0)).toBeUndefined();
  }
});
