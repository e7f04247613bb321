import { expect, test } from 'vitest';
import { createContext } from '../context/create-context.ts';
import type { Item } from '../item.ts';
import { emptyProfile } from '../profile/profile.ts';
import { createReducer } from '../profile/reduce-profile.ts';
import { createEncoder } from './create-encoder.ts';
import { createFullEncoder } from './create-full-encoder.ts';
import type { Feature, FeatureSpec } from './feature-spec.ts';
import type { NumberPath, TransformSpec } from './source-path.ts';

const words = { group: 'g', sentence: 'Because.' };
const specOf = (...features: readonly Feature[]): FeatureSpec => ({
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features,
  phrases: {},
});
const items: readonly Item[] = [
  {
    id: 'a',
    price: 100,
    tags: ['coffee', 'rain'],
    publishedAt: '1970-01-01',
    attributes: { season: 'winter', popularity: 0.5, size: '42 cm', colours: ['red', 'blue'] },
  },
  { id: 'b', price: 50, publishedAt: 'yesterday', attributes: { season: 'all', size: 7 } },
  { id: 'c' },
];
const rows = (feature: Feature, over = {}) => {
  const encoder = createFullEncoder(specOf(feature));
  const input = { context: createContext(), profile: undefined, items, now: 60_000, ...over };
  const flat = [...encoder.encode(input)];
  expect(encoder.unknown).toHaveLength(encoder.width);
  return input.items.map((_, i) => flat.slice(i * encoder.width, (i + 1) * encoder.width));
};
const number = (source: NumberPath, transforms: readonly TransformSpec[] = [], over = {}) =>
  rows({ kind: 'number', source, transforms, ...words }, over).map(([x, known]) => (known ? x : undefined));

test('one-hot: a column a value, the last for anything else', () => {
  const feature: Feature = {
    kind: 'one-hot',
    source: 'weather.condition',
    values: ['rain', 'snow'],
    ...words,
  };
  expect(rows(feature)[0]).toEqual([0, 0, 1]);
  expect(rows(feature, { context: createContext({ weather: { condition: 'snow' } }) })[2]).toEqual([0, 1, 0]);
  expect([...createEncoder(specOf(feature)).unknown]).toEqual([0, 0, 1]);
  expect(rows({ ...feature, source: 'attribute:season', values: ['winter'] })).toEqual([
    [1, 0],
    [0, 1],
    [0, 1],
  ]);
});

test('multi-hot: tags, lists and single attributes', () => {
  const hot = (source: 'item:tags' | `attribute:${string}`, ...values: string[]) =>
    rows({ kind: 'multi-hot', source, values, ...words });
  expect(hot('item:tags', 'rain', 'snow', 'coffee')).toEqual([
    [1, 0, 1],
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect(hot('attribute:colours', 'blue', 'green', 'red')[0]).toEqual([1, 0, 1]);
  expect(hot('attribute:size', '7', '42 cm')).toEqual([
    [0, 1],
    [1, 0],
    [0, 0],
  ]);
  expect(hot('attribute:constructor', 'unknown')).toEqual([[1], [1], [1]]);
});

test('match: a source against a signal, silent where either is not known or is "all"', () => {
  const feature: Feature = { kind: 'match', signal: 'time.season', source: 'attribute:season', ...words };
  expect(rows(feature).flat()).toEqual([0, 0, 0, 0, 0, 0]);
  expect(rows(feature, { context: createContext({ time: { season: 'winter' } }) })[0]).toEqual([1, 0]);
  expect(rows(feature, { context: createContext({ time: { season: 'summer' } }) })).toEqual([
    [0, 1],
    [0, 0],
    [0, 0],
  ]);
  const size: Feature = { ...feature, signal: 'custom.size', source: 'attribute:size' };
  expect(rows(size, { context: createContext({ custom: { size: 7 } }) })[1]).toEqual([1, 0]);
});

test('numbers, each with a column that says whether it is known', () => {
  expect(number('item:price')).toEqual([100, 50, undefined]);
  expect(number('item:price', [{ type: 'share' }])).toEqual([1, 0, undefined]);
  expect(number('item:price', [{ type: 'log-ratio' }])).toEqual([0, Math.fround(-Math.LN2), undefined]);
  expect(number('list:position', [{ type: 'reciprocal' }])).toEqual([1, 0.5, Math.fround(1 / 3)]);
  // Of whom nothing is known nothing is known to be touched.
  expect(number('list:untouched')).toEqual([0, 1, 2]);
  expect(number('age:days', [], { now: 86_400_000 * 2.5 })).toEqual([2.5, undefined, undefined]);
  expect(number('attribute:size')).toEqual([42, 7, undefined]);
  expect(number('attribute:season')).toEqual([undefined, undefined, undefined]);
  expect(number('time.hour', [], { context: createContext({ time: { hour: 9 } }) })).toEqual([9, 9, 9]);
  expect(number('time.hour')).toEqual([undefined, undefined, undefined]);
});

test('transforms apply in their order, and a number they do not define is missing', () => {
  const clip: TransformSpec = { type: 'clip', min: 60 };
  const standardize: TransformSpec = { type: 'standardize', mean: 60, std: 20 };
  expect(number('item:price', [clip, standardize])).toEqual([2, 0, undefined]);
  expect(number('item:price', [standardize, clip])).toEqual([60, 60, undefined]);
  expect(number('item:price', [standardize, { type: 'log-ratio' }])).toEqual([0, undefined, undefined]);
  expect(number('item:price', [{ type: 'standardize', mean: 0, std: 1e-300 }])[0]).toBe(undefined);
  expect(rows({ kind: 'number', source: 'item:price', indicator: false, ...words })).toEqual([
    [100],
    [50],
    [0],
  ]);
});

test('what is no number is missing', () => {
  const odd = [NaN, Infinity, -Infinity, 1e39, null, true, '', 'free', {}, [], undefined];
  const list = odd.map((price, i) => ({ id: `${i}`, price, attributes: { price } }));
  const missing = odd.map(() => undefined);
  for (const source of ['item:price', 'attribute:price'] as const) {
    expect(number(source, [{ type: 'share' }], { items: list })).toEqual(missing);
  }
});

test('bucketized, cyclic and crosses', () => {
  const context = createContext({ time: { hour: 18 }, weather: { condition: 'rain' } });
  expect(rows({ kind: 'bucketized', source: 'item:price', edges: [50, 80], ...words })).toEqual([
    [0, 0, 1],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  const cyclic: Feature = { kind: 'cyclic', source: 'time.hour', period: 24, ...words };
  expect(rows(cyclic)[0]).toEqual([0, 0]);
  const [sine, cosine] = rows(cyclic, { context })[0] as [number, number];
  expect([sine, Math.abs(cosine) < 1e-15]).toEqual([-1, true]);
  const cross: Feature = {
    kind: 'cross',
    sources: ['weather.condition', 'item:tags'],
    values: [
      ['snow', 'rain'],
      ['rain', 'coffee', 'sun'],
    ],
    ...words,
  };
  expect(rows(cross, { context })).toEqual([
    [0, 0, 0, 1, 1, 0],
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
  ]);
});

test('hashed: signed sums, nothing for what is not known, other columns by another seed', () => {
  const hashed = (over: object, context = createContext()) =>
    rows({ kind: 'hashed', sources: ['item:tags'], buckets: 16, ...words, ...over }, { context });
  const [tags, none] = hashed({});
  expect(tags?.filter((x) => x !== 0).map(Math.abs)).toEqual([1, 1]);
  expect(none?.every((x) => x === 0)).toBe(true);
  expect(hashed({ seed: 'other' })[0]).not.toEqual(tags);
  // Both tags in one column: they add, or cancel.
  expect([-2, 0, 2]).toContain(hashed({ buckets: 1 })[0]?.[0]);
  const pairs = { sources: ['weather.condition', 'item:tags'] };
  expect(hashed(pairs)[0]?.some(Boolean)).toBe(false);
  expect(hashed(pairs, createContext({ weather: { condition: 'rain' } }))[0]).not.toEqual(tags);
});

test('embeddings: 0 for nothing, 1 for a word the vocabulary lacks, then its words', () => {
  const ids: Feature = {
    kind: 'embedding',
    source: 'item:tags',
    vocabulary: ['sun', 'rain'],
    input: 'tags',
    length: 3,
    ...words,
  };
  expect(rows(ids)).toEqual([
    [1, 3, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect(rows({ ...ids, length: 1 })[0]).toEqual([1]);
});

test('what was touched last', () => {
  const reduce = createReducer({ item: (id) => items.find((item) => item.id === id) });
  let profile = reduce(emptyProfile(0, 's'), { type: 'click', item: 'a', at: 0 });
  profile = reduce(profile, { type: 'view', item: 'b', at: 0 });
  const last = (source: NumberPath) => number(source, [], { profile });
  expect(last('last:same')).toEqual([0, 1, 0]);
  expect(last('last:rank')).toEqual([1, 0, undefined]);
  expect(last('last:minutes')).toEqual([1, 1, undefined]);
  expect(last('last:offset')).toEqual([-1, 0, 1]);
  expect(last('last:after')).toEqual([undefined, undefined, 0]);
  expect(last('last:before')).toEqual([0, undefined, undefined]);
  expect(last('last:price')).toEqual([Math.fround(Math.LN2), 0, undefined]);
  expect(last('list:untouched')).toEqual([undefined, undefined, 0]);
  expect(last('recent:views')).toEqual([0, 1, undefined]);
  expect(last('recent:clicks')).toEqual([1, 0, undefined]);
  profile = reduce(profile, { type: 'add_to_cart', item: 'a', at: 0 });
  expect(last('recent:carts')).toEqual([1, undefined, undefined]);
  expect(last('last:abandoned')).toEqual([1, 0, undefined]);
  profile = reduce(profile, { type: 'purchase', item: 'a', at: 0 });
  expect(last('recent:purchases')).toEqual([1, undefined, undefined]);
  expect(last('last:abandoned')).toEqual([0, 0, undefined]);
  profile = reduce(profile, { type: 'dwell', item: 'b', at: 0, value: 40 });
  expect(last('recent:dwell')).toEqual([undefined, 40, undefined]);
  expect(last('last:abandoned')).toEqual([0, 1, undefined]);
  expect(last('history:overlap')[2]).toBe(Math.fround(2 / 3));
  expect(last('history:actions')[2]).toBe(2);
  expect(last('history:minutes')[2]).toBe(1);
  expect(number('history:overlap', [], { profile: emptyProfile(0, 's') })[0]).toBe(undefined);
  expect(number('last:neighbours')).toEqual([undefined, undefined, undefined]);
  expect(number('last:neighbours', [], { neighbours: { b: 0.5 } })).toEqual([undefined, 0.5, undefined]);
});

test("affinity: mean and best over the item's tags, and that to one tag", () => {
  const profile = { ...emptyProfile(0, 's'), affinities: { coffee: [2, 60_000] } } as const;
  expect(number('affinity:mean', [], { profile })).toEqual([0.25, undefined, undefined]);
  expect(number('affinity:max', [], { profile })).toEqual([0.5, undefined, undefined]);
  expect(number('taste:coffee', [], { profile })).toEqual([0.5, 0.5, 0.5]);
  expect(number('affinity:mean')).toEqual([undefined, undefined, undefined]);
});

test('affinity shrinks to the mean of the context, where the pack gives one and there is a profile', () => {
  const means = [
    { tag: 'coffee', mean: 0.5 },
    { tag: 'coffee', mean: -0.5, when: { signal: 'weather.condition', is: 'rain' } },
  ] as const;
  const encoder = createEncoder({ ...specOf({ kind: 'number', source: 'affinity:mean', ...words }), means });
  const best = (weather: 'rain' | 'clear', profile: ReturnType<typeof emptyProfile> | undefined) => {
    const context = createContext({ weather: { condition: weather } });
    return encoder.encode({ context, profile, items, now: 0 })[0];
  };
  expect(best('clear', emptyProfile(0, 's'))).toBe(0.25);
  expect(best('rain', emptyProfile(0, 's'))).toBe(-0.25);
  expect(best('rain', undefined)).toBe(0);
});

test('a spec that asks for too much or for what is not there is refused', () => {
  const groups = Array.from({ length: 11 }, (_, i) => ({ id: `g${i}`, sentence: 'x' }));
  expect(() => createEncoder({ ...specOf(), groups })).toThrow(/at most 10, found 11/);
  const refused = (feature: object, create: (spec: FeatureSpec) => unknown = createFullEncoder) =>
    expect(() => create(specOf({ ...words, ...feature } as Feature)));
  refused({ kind: 'horoscope' }).toThrow('spec.features: expected a known name, found horoscope');
  refused({ kind: 'constructor' }).toThrow(/found constructor/);
  refused({ kind: 'number', source: 'moon:phase' }).toThrow(/found moon/);
  refused({ kind: 'number', source: 'item:price', transforms: [{ type: 'cube' }] }).toThrow(/found cube/);
  refused({ kind: 'number', source: 'list:position' }, createEncoder).toThrow(/found list/);
  expect(() => createEncoder({ ...specOf(), format: 3 } as unknown as FeatureSpec)).toThrow(
    /expected 2, found 3/,
  );
});
