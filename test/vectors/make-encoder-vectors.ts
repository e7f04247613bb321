// Writes encoder.json: what the encoder gives for every kind, source and transform, in moments from nothing known to all
// known. Run it only when the encoder is meant to give something else; the difference is then read line by line.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  AnyFeatureSpec,
  ContextPatch,
  Feature,
  FeatureSpec,
  NumberPath,
  TransformSpec,
} from '@inkling/core';
import { describe } from '@inkling/core/describe';
import { upgradeSpec } from '@inkling/core/full';
import { type EncoderCase, type EncoderVectors, encodeCase } from './run-encoder-vectors.ts';

const words = { group: 'all', sentence: 'It played a part.' };

const TRANSFORMS: readonly (readonly TransformSpec[])[] = [
  [],
  [{ type: 'log1p' }],
  [{ type: 'reciprocal' }],
  [{ type: 'share' }],
  [{ type: 'log-ratio' }],
  [
    { type: 'clip', min: 0.25, max: 40 },
    { type: 'standardize', mean: 12.5, std: 3 },
  ],
  [{ type: 'standardize', mean: 30, std: 17 }, { type: 'clip', max: 1 }, { type: 'share' }],
];

const NUMBERS: readonly NumberPath[] = [
  'page.depth',
  'list:untouched',
  'attribute:rating',
  'affinity:mean',
  'affinity:max',
  'taste:coffee',
  'recent:views',
  'recent:clicks',
  'last:minutes',
  'last:rank',
  'last:same',
  'last:offset',
  'last:after',
  'last:before',
  'last:price',
  'last:neighbours',
  'history:overlap',
  'history:actions',
  'history:minutes',
];

const features: readonly Feature[] = [
  { kind: 'one-hot', source: 'weather.condition', values: ['rain', 'snow'], ...words },
  { kind: 'one-hot', source: 'attribute:season', values: ['winter', 'constructor'], ...words },
  { kind: 'multi-hot', source: 'item:tags', values: ['rain', 'coffee', '__proto__'], ...words },
  { kind: 'multi-hot', source: 'attribute:colours', values: ['red', 'blue'], ...words },
  { kind: 'match', signal: 'time.season', source: 'attribute:season', ...words },
  ...(['item:price', 'list:position', 'age:days'] as const).flatMap((source) =>
    TRANSFORMS.map((transforms): Feature => ({ kind: 'number', source, transforms, ...words })),
  ),
  ...NUMBERS.map(
    (source): Feature => ({ kind: 'number', source, transforms: [{ type: 'log1p' }], ...words }),
  ),
  { kind: 'bucketized', source: 'item:price', edges: [10, 30, 100], ...words },
  ...([24, 7, 12] as const).map(
    (period): Feature => ({ kind: 'cyclic', source: 'time.hour', period, ...words }),
  ),
  { kind: 'cyclic', source: 'time.weekday', period: 7, ...words },
  {
    kind: 'cross',
    sources: ['time.daypart', 'item:tags'],
    values: [
      ['morning', 'afternoon'],
      ['rain', 'coffee'],
    ],
    ...words,
  },
  { kind: 'hashed', sources: ['item:tags'], buckets: 7, ...words },
  { kind: 'hashed', sources: ['geo.country', 'item:id'], buckets: 8, seed: 'é𝛑', ...words },
  { kind: 'embedding', source: 'item:id', vocabulary: ['cape', 'kettle'], input: 'item', ...words },
  { kind: 'embedding', source: 'item:tags', vocabulary: ['coffee'], input: 'tags', length: 2, ...words },
];

const specs: Readonly<Record<string, AnyFeatureSpec>> = {
  every: { format: 2, groups: [{ id: 'all', sentence: 'All.' }], features, phrases: {}, halfLifeDays: 5 },
  storefront: JSON.parse(
    readFileSync(join(import.meta.dirname, '../../examples/storefront/pack/features.json'), 'utf8'),
  ) as FeatureSpec,
};

const NOW = Date.UTC(2026, 2, 14, 15, 9, 26, 535);
const MINUTE = 60_000;

const shared: Omit<EncoderVectors, 'cases'> = {
  specs,
  names: Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      describe(upgradeSpec(spec)).map((column) => column.name),
    ]),
  ),
  items: [
    {
      id: 'cape',
      price: 79.9,
      tags: ['rain', 'coffee', '__proto__'],
      publishedAt: '2026-03-01',
      attributes: { season: 'winter', rating: 4.5, popularity: 0.3, colours: ['blue', 'red'] },
    },
    { id: 'kettle', price: 24, tags: ['coffee'], attributes: { season: 'all', rating: '3 stars' } },
    { id: 'lamp', price: 24, publishedAt: '2026-03-14T10:20:30.405Z', attributes: { popularity: 17 } },
    {
      id: 'constructor',
      price: 0,
      tags: ['constructor', 'gift'],
      attributes: { season: 'summer', colours: 'red' },
    },
    { id: 'bare' },
    {
      id: 'boots',
      price: 129.95,
      tags: ['snow', 'rain'],
      publishedAt: 'soon',
      attributes: { season: 'winter', rating: true },
    },
    { id: 'mug', price: 1e-9, tags: [], publishedAt: '2027-01-01', attributes: { popularity: 1e30 } },
  ],
  profile: {
    format: 2,
    createdAt: NOW - 30 * 1440 * MINUTE,
    visit: { seed: 'seed', startedAt: NOW - 9 * MINUTE, lastAt: NOW - MINUTE, pages: 3, cart: 1, count: 2 },
    affinities: JSON.parse(
      `{"coffee":[3.5,${NOW - 4321 * MINUTE}],"rain":[-1,${NOW - 7 * MINUTE}],"__proto__":[2,${NOW}],"gift":[1,${NOW - 1e9}]}`,
    ),
    recents: [
      { id: 'lamp', at: NOW - 61_234, views: 2, clicks: 1 },
      { id: 'elsewhere', at: NOW - 5 * MINUTE, views: 1, clicks: 0 },
      { id: 'cape', at: NOW - 4000 * MINUTE, views: 7, clicks: 0 },
    ],
    dismissed: ['bare'],
    counters: {},
    posterior: {},
    decisions: [],
  },
};

const known: ContextPatch = {
  time: { hour: 17, weekday: 6, season: 'winter' },
  device: { form: 'phone' },
  geo: { country: 'DE' },
  weather: { condition: 'rain', temperature: 'cold' },
  page: { depth: 0.37 },
  visit: { type: 'returning' },
};
const moments: readonly Omit<EncoderCase, 'unknown' | 'rows' | 'spec'>[] = [
  { name: 'nothing known', context: {}, profile: false, from: 0, to: 7, now: NOW },
  {
    name: 'all known',
    context: known,
    profile: true,
    from: 0,
    to: 7,
    now: NOW,
    neighbours: { cape: 0.5, mug: 3 },
  },
  { name: 'nothing remembered', context: known, profile: false, from: 2, to: 5, now: NOW },
  { name: 'the clock before the profile', context: {}, profile: true, from: 0, to: 3, now: 0 },
  { name: 'one item', context: known, profile: true, from: 2, to: 3, now: NOW },
  { name: 'no items', context: known, profile: true, from: 0, to: 0, now: NOW },
];
const cases = Object.keys(specs).flatMap((spec) =>
  moments.map((moment): EncoderCase => {
    const input = { ...moment, spec, name: `${spec}, ${moment.name}` };
    return { ...input, ...encodeCase({ ...shared, cases: [] }, input) };
  }),
);
writeFileSync(
  join(import.meta.dirname, 'encoder.json'),
  `${JSON.stringify({ ...shared, cases }, null, 2)}\n`,
);
