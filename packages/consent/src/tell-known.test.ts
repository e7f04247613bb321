import { type ContextPatch, createContext, emptyProfile, type Pack } from '@inkling/core';
import { expect, test } from 'vitest';
import type { PrivacyPage } from './privacy-page.ts';
import { tellMoment, tellPast } from './tell-known.ts';

const NOW = Date.UTC(2026, 10, 20);
const feature = { kind: 'one-hot', values: [], group: 'g' };
const pack = {
  sensitive: ['health'],
  spec: {
    format: 2,
    groups: [],
    features: [
      { ...feature, source: 'weather.condition', sentence: '{weather.condition} where you are.' },
      { ...feature, source: 'weather.wind', sentence: 'It is {weather.wind}.' },
      {
        kind: 'match',
        signal: 'time.season',
        source: 'attribute:season',
        group: 'g',
        sentence: 'It is made for {time.season}.',
      },
    ],
    phrases: { 'weather.condition': { rain: 'It is raining' }, tags: { tea: 'tea time', health: 'health' } },
  },
} as unknown as Pack;

const items = [
  { id: 'pot', title: 'Pot', tags: ['tea'] },
  { id: 'pill', title: 'Pill', tags: ['health'] },
];

function pageOf(context: ContextPatch): PrivacyPage {
  // Only this much is read.
  return {
    pack: () => pack,
    item: (id: string) => items.find((item) => item.id === id),
    context: { get: () => createContext(context) },
  } as unknown as PrivacyPage;
}

test('an area says what is known in the sentences of the pack, and the rest by name; of an item it says nothing', () => {
  const page = pageOf({ weather: { condition: 'rain', temperature: 'mild' }, time: { season: 'autumn' } });
  expect(tellMoment({ page, unused: new Set() })).toMatchObject([
    { area: 'time', isUsed: true, text: 'season: autumn' },
    { area: 'weather', isUsed: true, text: 'It is raining where you are. temperature: mild' },
  ]);
});

test('an area that was switched off stays in the list, though nothing of it is known', () => {
  const [geo, ...others] = tellMoment({ page: pageOf({}), unused: new Set(['geo.country']) });
  expect(geo).toMatchObject({ area: 'geo', isUsed: false, text: '' });
  expect(others).toEqual([]);
});

test('a sensitive tag or item is not named, even where the profile holds it', () => {
  const profile = {
    ...emptyProfile(NOW, 'seed'),
    affinities: { tea: [2, NOW], health: [2, NOW], wine: [-1, NOW] } as const,
    recents: ['pill', 'pot', 'gone'].map((id) => ({ id, at: NOW, views: 1, clicks: 0 })),
    dismissed: ['pill'],
  };
  expect(tellPast({ page: pageOf({}) }, profile)).toEqual({
    since: NOW,
    until: NOW + 395 * 86_400_000,
    likes: ['tea time'],
    dislikes: ['wine'],
    lookedAt: ['Pot'],
    rejected: 1,
    topics: [{ tag: 'tea', phrase: 'tea time', isLiked: true }],
  });
});
