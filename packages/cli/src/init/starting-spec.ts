import type { Feature, FeatureSpec, Item } from '@inkling/core';

/** A feature spec to learn from a log with, once there is one: the moment, tastes, and what the catalog says of items. */
export function startingSpec(catalog: readonly Item[]): FeatureSpec {
  const tags = [...new Set(catalog.flatMap((item) => item.tags ?? []))].sort();
  const hasPrices = catalog.some(({ price }) => price !== undefined);
  const hasDates = catalog.some(({ publishedAt }) => publishedAt !== undefined);
  const features: readonly (Feature | false)[] = [
    {
      kind: 'one-hot',
      source: 'weather.condition',
      values: ['clear', 'cloud', 'fog', 'rain', 'snow', 'storm'],
      group: 'weather',
      sentence: '{weather.condition} where you are.',
    },
    {
      kind: 'one-hot',
      source: 'weather.temperature',
      values: ['freezing', 'cold', 'mild', 'warm', 'hot'],
      group: 'weather',
      sentence: 'It is {weather.temperature} outside.',
    },
    {
      kind: 'one-hot',
      source: 'time.daypart',
      values: ['morning', 'midday', 'afternoon', 'evening', 'night'],
      group: 'time',
      sentence: 'It is {time.daypart} for you.',
    },
    {
      kind: 'one-hot',
      source: 'time.season',
      values: ['spring', 'summer', 'autumn', 'winter'],
      group: 'season',
      sentence: 'It is {time.season} where you are.',
    },
    {
      kind: 'one-hot',
      source: 'device.form',
      values: ['phone', 'tablet', 'desktop'],
      group: 'device',
      sentence: 'You are on a {device.form}.',
    },
    {
      kind: 'number',
      source: 'affinity:mean',
      indicator: false,
      group: 'taste',
      sentence: 'You looked at {tags} lately.',
    },
    {
      kind: 'number',
      source: 'recent:views',
      transforms: [{ type: 'log1p' }],
      group: 'taste',
      sentence: 'You looked at it before.',
    },
    { kind: 'multi-hot', source: 'item:tags', values: tags, group: 'item', sentence: 'It is about {tags}.' },
    hasPrices && {
      kind: 'number',
      source: 'item:price',
      transforms: [{ type: 'share' }],
      group: 'item',
      sentence: 'Its price suits many.',
    },
    hasDates && {
      kind: 'number',
      source: 'age:days',
      transforms: [{ type: 'log1p' }],
      group: 'item',
      sentence: 'It is new.',
    },
    {
      kind: 'number',
      source: 'attribute:popularity',
      transforms: [{ type: 'share' }],
      group: 'item',
      sentence: 'Other visitors like it.',
    },
  ];
  return {
    format: 2,
    groups: [
      { id: 'weather', sentence: 'The weather played a part.' },
      { id: 'time', sentence: 'The time of day played a part.' },
      { id: 'season', sentence: 'The time of the year played a part.' },
      { id: 'device', sentence: 'Your kind of device played a part.' },
      { id: 'taste', sentence: 'What you looked at before played a part.' },
      { id: 'item', sentence: 'It suits many visitors.' },
    ],
    features: features.filter((feature) => feature !== false),
    phrases: {
      'weather.condition': {
        clear: 'The sky is clear',
        cloud: 'It is cloudy',
        fog: 'It is foggy',
        rain: 'It is raining',
        snow: 'It is snowing',
        storm: 'It is stormy',
      },
      'weather.temperature': { freezing: 'freezing cold' },
      'time.daypart': { midday: 'the middle of the day' },
    },
  };
}
