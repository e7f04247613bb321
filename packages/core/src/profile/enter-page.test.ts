import { expect, test } from 'vitest';
import { enterPage } from './enter-page.ts';
import { exposeSlate } from './expose-slate.ts';
import { emptyProfile, PROFILE_LIMITS } from './profile.ts';
import { createReducer } from './reduce-profile.ts';

const options = {
  item: (id: string) => ({ id, tags: [id === 'test' ? 'health' : 'kitchen'] }),
  sensitive: new Set(['health']),
};

test('a page counts, and begins a visit after a pause, unless it is that of a sensitive item', () => {
  const profile = emptyProfile(0, 's');
  const later = PROFILE_LIMITS.visitGapMs;
  const enter = (item: string | undefined, now: number) =>
    enterPage(profile, { item, now, seed: 't' }, options);
  expect(enter('kettle', 1).visit.pages).toBe(1);
  expect(enter(undefined, later).visit).toMatchObject({ seed: 't', count: 2 });
  expect(enter('test', 1)).toBe(profile);
  expect(enter('test', later)).toBe(profile);
});

test('a page that is shown again is not counted again within its visit, but may begin another', () => {
  const profile = enterPage(emptyProfile(0, 's'), { item: undefined, now: 1, seed: 't' }, options);
  const again = (now: number) =>
    enterPage(profile, { item: undefined, now, seed: 't', again: true }, options);
  expect(again(2).visit).toEqual({ ...profile.visit, lastAt: 2 });
  expect(again(1 + PROFILE_LIMITS.visitGapMs).visit).toMatchObject({ seed: 't', pages: 0, count: 2 });
});

test('what a new pack marks as sensitive goes with the next page', () => {
  const before = createReducer({ item: options.item })(emptyProfile(0, 's'), {
    type: 'view',
    item: 'test',
    at: 1,
  });
  expect(before.recents).toHaveLength(1);
  expect(enterPage(before, { item: undefined, now: 2, seed: 't' }, options).recents).toEqual([]);
});

test('a slate that was seen counts once for its slot and once for each of its items', () => {
  const place = { score: 0, propensity: 1, via: 'rank', arms: [] } as const;
  const slate = {
    decisionId: 'd',
    slot: 'grid',
    source: 'ranker',
    arm: 'personalized',
    items: [
      { ...place, id: 'kettle', position: 0 },
      { ...place, id: 'test', position: 1 },
    ],
    propensity: 1,
  } as const;
  expect(exposeSlate(emptyProfile(0, 's'), slate, 5, options).counters).toEqual({
    'slot:grid': [0, 1],
    'item:kettle': [0, 1],
    'tag:kitchen': [0, 1],
    'item:test': [0, 1],
  });
});
