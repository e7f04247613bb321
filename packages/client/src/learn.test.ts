import {
  createContext,
  createEncoder,
  createReducer,
  type Decision,
  decide,
  emptyProfile,
  type Item,
  type SlateItem,
} from '@inkling/core';
import { expect, test } from 'vitest';
import { learn, remember } from './learn.ts';

const catalog: readonly Item[] = [
  { id: 'parasol', tags: ['sun'] },
  { id: 'cape', tags: ['rain'] },
  { id: 'kettle', tags: ['coffee'] },
];
const items = new Map(catalog.map((item) => [item.id, item]));
const reduce = createReducer({ item: (id) => items.get(id) });
const decision: Decision = decide({
  slot: { id: 'grid', kind: 'order', decide: 'client', policy: { type: 'greedy' }, rules: [] },
  candidates: catalog.map((item) => ({ item, source: 'authored' })),
  authored: catalog.map(({ id }) => id),
  context: createContext(),
  profile: undefined,
  encoder: createEncoder({ format: 2, groups: [], features: [], phrases: {} }),
  scorer: () => [3, 2, 1],
  arm: 'personalized',
  shown: new Set(),
  seed: 'seed',
  now: 5,
});
const act = (type: 'click' | 'view', item: string, from: Decision | undefined = decision) =>
  learn(emptyProfile(0, 's'), { event: { type, item, at: 1, slot: 'grid' }, reduce, decision: from, items });

test('a click teaches by what stood before it; what stood after was perhaps not seen', () => {
  const { posterior, affinities } = act('click', 'cape');
  expect(Object.keys(posterior).sort()).toEqual(['rain', 'sun']);
  expect(posterior.rain?.[0]).toBeGreaterThan(0);
  expect(posterior.sun?.[0]).toBeLessThan(0);
  expect(affinities.rain).toEqual([1, 1]);
});

test('the first item, a view, and a click outside a ranked slot teach nothing by comparison', () => {
  expect(act('click', 'parasol').posterior).toEqual({});
  expect(act('view', 'cape').posterior).toEqual({});
  expect(act('click', 'elsewhere').posterior).toEqual({});
  const authored = { ...decision, slate: { ...decision.slate, source: 'authored' as const } };
  expect(act('click', 'cape', authored).posterior).toEqual({});
});

test('the profile remembers the last twenty decisions, newest first, each within its bytes', () => {
  let profile = emptyProfile(0, 's');
  for (let i = 0; i < 25; i++) {
    profile = remember(profile, { ...decision, slate: { ...decision.slate, decisionId: `decision-${i}` } });
  }
  expect(profile.decisions).toHaveLength(20);
  expect(profile.decisions[0]).toEqual({
    id: 'decision-24',
    slot: 'grid',
    at: 5,
    source: 'ranker',
    items: ['parasol', 'cape', 'kettle'],
  });
  const many = Array.from(
    { length: 500 },
    (_, i) => ({ ...decision.chosen[0], id: `item-${i}` }) as SlateItem,
  );
  const [longest] = remember(profile, { ...decision, slate: { ...decision.slate, items: many } }).decisions;
  expect(JSON.stringify(longest).length).toBeLessThanOrEqual(512);
  expect(longest?.items.length).toBeGreaterThan(30);
});
