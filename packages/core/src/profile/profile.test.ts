import { expect, test } from 'vitest';
import type { InklingEvent } from './event.ts';
import { fade } from './fading.ts';
import { emptyProfile, PROFILE_LIMITS } from './profile.ts';
import { isAbandoned } from './recent-item.ts';
import { createReducer } from './reduce-profile.ts';
import { tastes } from './tastes.ts';
import { beginPage, lastItems } from './visit.ts';

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

test('a search weighs for its tags, and is no act on an item', () => {
  const before = reduce(emptyProfile(0, 's'), event('click', 'kettle', 0));
  const search: InklingEvent = { type: 'search', at: 5, item: 'lamp', tags: ['coffee', 'rain'] };
  const { affinities, recents, dismissed, visit } = reduce(before, search);
  expect(affinities.rain).toEqual([2, 5]);
  expect(affinities.coffee?.[0]).toBeCloseTo(3, 7);
  expect(affinities.lamp).toBeUndefined();
  expect([recents, dismissed]).toEqual([before.recents, before.dismissed]);
  expect(visit).toEqual({ ...before.visit, lastAt: 5 });
});

test.each<[string, Partial<InklingEvent>, object]>([
  ['without tags', { tags: [] }, {}],
  ['with a sensitive tag among others', { tags: ['rain', 'health'] }, {}],
  ['with an overlong tag', { tags: ['x'.repeat(257)] }, {}],
  ['of a paused profile', { tags: ['rain'] }, { paused: true }],
])('a search %s leaves no trace', (_, given, set) => {
  const careful = createReducer({ item: () => undefined, sensitive: new Set(['health']) });
  const before = { ...emptyProfile(0, 's'), ...set };
  expect(careful(before, { type: 'search', at: 5, ...given })).toBe(before);
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

test('an act that comes late is worth what is left of it, and leaves the newest times as they are', () => {
  const late = [event('click', 'kettle', 10 * DAY), event('click', 'kettle', 0)].reduce(
    reduce,
    emptyProfile(0, 's'),
  );
  expect(late.affinities.coffee).toEqual([expect.closeTo(1.5, 15), 10 * DAY]);
  expect(late.recents).toEqual([{ id: 'kettle', at: 10 * DAY, views: 0, clicks: 2 }]);
  expect(late.visit.lastAt).toBe(10 * DAY);
});

test('an act of an earlier visit fills no cart of this one', () => {
  const profile = beginPage(emptyProfile(0, 's'), DAY, 't');
  expect(reduce(profile, event('add_to_cart', 'kettle', 5)).visit).toEqual(profile.visit);
});

test('what was left in the cart, or looked at for long, and not bought counts as abandoned', () => {
  const after = (...events: readonly Partial<InklingEvent>[]) => {
    const profile = events.reduce<ReturnType<typeof reduce>>(
      (state, part) => reduce(state, { ...event('view', 'kettle', 1), ...part }),
      emptyProfile(0, 's'),
    );
    return profile.recents.map(isAbandoned);
  };
  expect(after({})).toEqual([false]);
  expect(after({ type: 'dwell', value: 20 }, { type: 'dwell', value: 20 })).toEqual([true]);
  expect(after({ type: 'add_to_cart' })).toEqual([true]);
  expect(after({ type: 'add_to_cart' }, { type: 'purchase' })).toEqual([false]);
});

test('a dwell without end counts as a day', () => {
  const profile = reduce(emptyProfile(0, 's'), { ...event('dwell', 'kettle', 1), value: Infinity });
  expect(profile.recents[0]?.dwell).toBe(86_400);
});

test('a like takes a dismissal back; a dismissed item stays out of recents until then', () => {
  let profile = reduce(emptyProfile(0, 's'), event('dismiss', 'kettle', 1));
  profile = reduce(profile, event('view', 'kettle', 2));
  expect(profile).toMatchObject({ dismissed: ['kettle'], recents: [] });
  profile = reduce(profile, event('like', 'kettle', 3));
  expect(profile).toMatchObject({ dismissed: [], recents: [{ id: 'kettle' }] });
});

test('an exposure counts its item and the tags of it, or its slot, and is no act', () => {
  const profile = reduce(emptyProfile(0, 's'), event('exposure', 'kettle', DAY));
  expect(profile).toEqual({
    ...emptyProfile(0, 's'),
    counters: { 'item:kettle': [1, 1], 'tag:coffee': [1, 1], 'tag:kitchen': [1, 1] },
  });
  expect(reduce(profile, { type: 'exposure', slot: 'grid', at: DAY }).counters['slot:grid']).toEqual([1, 1]);
});

test('of a sensitive item a dismissal and the exposures are kept, nothing else', () => {
  const careful = createReducer({
    item: (id) => ({ id, tags: ['health', 'book'] }),
    sensitive: new Set(['health']),
  });
  const empty = emptyProfile(0, 's');
  for (const type of ['view', 'click', 'dwell', 'add_to_cart', 'purchase', 'like'] as const) {
    expect(careful(empty, { ...event(type, 'x', 5), value: 60 })).toBe(empty);
  }
  expect(careful(empty, event('less_like_this', 'x', 5))).toEqual({ ...empty, dismissed: ['x'] });
  expect(careful(empty, event('exposure', 'x', 5))).toEqual({ ...empty, counters: { 'item:x': [0, 1] } });
});

test('few acts leave the taste near the mean of the context, many outweigh it', () => {
  const prior = new Map([['coffee', 0.8]]);
  const taste = (clicks: number, type: 'click' | 'dismiss' = 'click') => {
    let profile = emptyProfile(0, 's');
    for (let i = 0; i < clicks; i++) profile = reduce(profile, event(type, 'kettle', 0));
    return tastes(profile, 0, 10, prior);
  };
  expect(taste(0).get('coffee')).toBe(0.8);
  expect(taste(2).get('coffee')).toBeCloseTo((2 + 1.6) / 4, 15);
  expect(taste(2).get('kitchen')).toBeCloseTo(2 / 4, 15);
  expect(taste(100, 'dismiss').get('coffee')).toBeCloseTo((-200 + 1.6) / 202, 15);
  expect(tastes(undefined, 0, 10, prior).size).toBe(0);
});

test('acts for and against weigh in together: a mixed history says less than none', () => {
  let profile = reduce(emptyProfile(0, 's'), event('add_to_cart', 'kettle', 0));
  profile = reduce(profile, event('less_like_this', 'kettle', 0));
  expect(profile.affinities.coffee).toEqual([0, 0, 6]);
  expect(tastes(profile, 0, 10, new Map([['coffee', 1]])).get('coffee')).toBe(2 / 8);
});

test('a dislike that has faded to nothing leaves the bits of its sum, −0', () => {
  const profile = reduce(emptyProfile(0, 's'), event('dismiss', 'kettle', 0));
  expect(tastes(profile, 2000 * DAY, 1).get('coffee')).toBe(-0);
});

test('the last items are those of this visit', () => {
  let profile = reduce(emptyProfile(0, 's'), event('view', 'old', 0));
  profile = beginPage(profile, DAY, 't');
  for (const [i, id] of ['a', 'b', 'c', 'd'].entries()) profile = reduce(profile, event('view', id, DAY + i));
  expect(lastItems(profile)).toEqual(['d', 'c', 'b']);
});

test.each([
  { at: Number.NaN },
  { at: 1e300 },
  { item: 'x'.repeat(257) },
  { type: 'dwell', value: -5 },
  { type: 'dwell', value: Number.NaN },
] as const)('an unsound event changes nothing: %j', (part) => {
  const profile = emptyProfile(0, 's');
  expect(reduce(profile, { ...event('view', 'kettle', 1), ...part })).toBe(profile);
});
