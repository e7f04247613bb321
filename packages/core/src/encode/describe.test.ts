import { expect, test } from 'vitest';
import { createFullEncoder } from './create-full-encoder.ts';
import { describe } from './describe.ts';
import type { FeatureSpec } from './feature-spec.ts';

const spec: FeatureSpec = {
  format: 2,
  groups: [{ id: 'g', sentence: 'Something played a part.' }],
  features: [
    {
      kind: 'one-hot',
      source: 'weather.condition',
      values: ['rain', 'toString'],
      group: 'g',
      sentence: '{weather.condition} where you are.',
    },
    { kind: 'multi-hot', source: 'item:tags', values: ['gift'], group: 'g', sentence: 'It is for {tags}.' },
    { kind: 'multi-hot', source: 'item:tags', values: ['gift'], group: 'g', sentence: 'You like {tags}.' },
    { kind: 'match', signal: 'time.season', source: 'attribute:season', group: 'g', sentence: 'In season.' },
    {
      kind: 'number',
      source: 'item:price',
      transforms: [{ type: 'log1p' }],
      group: 'g',
      sentence: 'Its price.',
    },
    { kind: 'number', source: 'affinity:max', indicator: false, group: 'g', sentence: 'You saw {tags}.' },
    { kind: 'bucketized', source: 'item:price', edges: [10, 20], group: 'g', sentence: 'Its price.' },
    { kind: 'cyclic', source: 'time.hour', period: 24, group: 'g', sentence: 'The hour.' },
    {
      kind: 'cross',
      sources: ['device.form', 'item:tags'],
      values: [['phone'], ['gift', 'rain']],
      group: 'g',
      sentence: '{tags} on a {device.form}.',
    },
    { kind: 'hashed', sources: ['item:id', 'time.daypart'], buckets: 2, group: 'g', sentence: 'Often now.' },
    { kind: 'embedding', source: 'item:id', vocabulary: ['a'], input: 'item', group: 'g', sentence: 'It.' },
  ],
  phrases: { 'weather.condition': { rain: 'It is raining' }, tags: { gift: 'gifts' } },
};

test('every column has a name of its own and a sentence', () => {
  const general = 'Something played a part.';
  expect(describe(spec).map(({ name, sentence }) => [name, sentence])).toEqual([
    ['weather.condition=rain', 'It is raining where you are.'],
    ['weather.condition=toString', 'toString where you are.'],
    ['weather.condition:other', general],
    ['item:tags=gift', 'It is for gifts.'],
    ['item:tags=gift#2', 'You like gifts.'],
    ['attribute:season=time.season', 'In season.'],
    ['attribute:season≠time.season', general],
    ['item:price:log1p', 'Its price.'],
    ['item:price:log1p:known', general],
    ['affinity:max', general],
    ['item:price[-Infinity,10)', 'Its price.'],
    ['item:price[10,20)', 'Its price.'],
    ['item:price[20,Infinity)', 'Its price.'],
    ['time.hour:sin/24', 'The hour.'],
    ['time.hour:cos/24', 'The hour.'],
    ['device.form=phone×item:tags=gift', 'gifts on a phone.'],
    ['device.form=phone×item:tags=rain', 'rain on a phone.'],
    ['item:id×time.daypart#0/2', 'Often now.'],
    ['item:id×time.daypart#1/2', 'Often now.'],
    ['item[0]', 'It.'],
  ]);
  expect(describe(spec).map(({ feature }) => feature)).toEqual(createFullEncoder(spec).featureOf);
});
