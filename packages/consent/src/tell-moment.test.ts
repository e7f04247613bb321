import { type ContextPatch, createContext, type Pack } from '@inkling/core';
import { expect, test } from 'vitest';
import { ENGLISH_MOMENT } from './moment-sentences.ts';
import type { PrivacyPage } from './privacy-page.ts';
import { tellMoment } from './tell-moment.ts';

const feature = { kind: 'one-hot', values: [], group: 'g' };
const pack = {
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
    phrases: { 'weather.condition': { rain: 'It is raining' } },
  },
} as unknown as Pack;

function pageOf(context: ContextPatch): PrivacyPage {
  // Only this much is read.
  return {
    pack: () => pack,
    context: { get: () => createContext(context) },
    item: (id: string) => (id === 'cape' ? { id, title: 'Rain cape' } : undefined),
  } as unknown as PrivacyPage;
}

test('an area says what is known in the sentences of the pack, and the rest in plain ones; of an item it says nothing', () => {
  const page = pageOf({ weather: { condition: 'rain', temperature: 'mild' }, time: { season: 'autumn' } });
  expect(tellMoment({ page, unused: new Set() }, ENGLISH_MOMENT)).toMatchObject([
    { area: 'time', isUsed: true, text: 'The season is autumn.' },
    { area: 'weather', isUsed: true, text: 'It is raining where you are. It is mild outside.' },
  ]);
});

test('an area that was switched off stays in the list, though nothing of it is known', () => {
  const [geo, ...others] = tellMoment({ page: pageOf({}), unused: new Set(['geo.country']) }, ENGLISH_MOMENT);
  expect(geo).toMatchObject({ area: 'geo', isUsed: false, text: '' });
  expect(others).toEqual([]);
});

test('items are told by their titles, and by their names where nobody knows them', () => {
  const page = pageOf({ page: { item: 'cape' }, session: { lastItems: ['cape', 'gone'] } });
  expect(tellMoment({ page, unused: new Set() }, ENGLISH_MOMENT)).toMatchObject([
    { area: 'page', text: 'This page shows Rain cape.' },
    { area: 'session', text: 'You last looked at Rain cape, gone.' },
  ]);
});
