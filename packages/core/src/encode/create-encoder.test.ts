import { expect, test } from 'vitest';
import { createContext } from '../context/create-context.ts';
import type { Item } from '../item.ts';
import { emptyProfile } from '../profile/profile.ts';
import { createReducer } from '../profile/reduce-profile.ts';
import { createEncoder } from './create-encoder.ts';
import type { Feature, FeatureSpec } from './feature-spec.ts';

const words = { group: 'g', sentence: 'Because.' };
const specOf = (...features: readonly Feature[]): FeatureSpec => ({
  format: 1,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features,
  phrases: {},
});
const items: readonly Item[] = [
  { id: 'a', price: 100, tags: ['coffee', 'rain'], attributes: { season: 'winter', popularity: 0.5 } },
  { id: 'b', price: 50, attributes: { season: 'all' } },
  { id: 'c' },
];
const rows = (feature: Feature, over = {}) => {
  const encoder = createEncoder(specOf(feature));
  const input = { context: createContext(), profile: undefined, items, now: 60_000, ...over };
  const flat = [...encoder.encode(input)];
  return items.map((_, i) => flat.slice(i * encoder.width, (i + 1) * encoder.width));
};

test('a signal: one column a value, the last for anything else', () => {
  const feature: Feature = {
    kind: 'signal',
    signal: 'weather.condition',
    values: ['rain', 'snow'],
    ...words,
  };
  expect(rows(feature)[0]).toEqual([0, 0, 1]);
  expect(rows(feature, { context: createContext({ weather: { condition: 'snow' } }) })[2]).toEqual([0, 1, 0]);
  expect([...createEncoder(specOf(feature)).unknown]).toEqual([0, 0, 1]);
});

test('tags and attributes', () => {
  expect(rows({ kind: 'tags', tags: ['rain', 'snow'], ...words })).toEqual([
    [1, 0],
    [0, 0],
    [0, 0],
  ]);
  expect(rows({ kind: 'attribute', attribute: 'season', values: ['winter'], ...words })).toEqual([
    [1],
    [0],
    [0],
  ]);
});

test('match: an attribute against a signal, silent where either is not known or is "all"', () => {
  const feature: Feature = { kind: 'match', signal: 'time.season', attribute: 'season', ...words };
  expect(rows(feature)).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
  expect(rows(feature, { context: createContext({ time: { season: 'winter' } }) })[0]).toEqual([1, 0]);
  expect(rows(feature, { context: createContext({ time: { season: 'summer' } }) })).toEqual([
    [0, 1],
    [0, 0],
    [0, 0],
  ]);
});

test('numbers, each with a column that says whether it is known', () => {
  const number = (
    source: 'price' | 'position' | 'popularity',
    scale: 'share' | 'log-ratio' | 'reciprocal' | 'log',
  ) => rows({ kind: 'number', source, scale, ...words });
  expect(number('price', 'share')).toEqual([
    [1, 1],
    [0, 1],
    [0, 0],
  ]);
  expect(number('position', 'reciprocal').map(([x]) => x)).toEqual([1, 0.5, Math.fround(1 / 3)]);
  expect(number('price', 'log-ratio')).toEqual([
    [0, 1],
    [Math.fround(-Math.LN2), 1],
    [0, 0],
  ]);
  expect(number('popularity', 'log')[1]).toEqual([0, 0]);
});

test('what was looked at last', () => {
  const reduce = createReducer({ item: (id) => items.find((item) => item.id === id) });
  let profile = reduce(emptyProfile(0, 's'), { type: 'view', item: 'c', at: 0 });
  profile = reduce(profile, { type: 'view', item: 'b', at: 0 });
  const recent = (measure: 'last' | 'rank' | 'age' | 'after-last' | 'before-last') =>
    rows({ kind: 'recent', measure, ...words }, { profile }).map(([x]) => x);
  expect(recent('last')).toEqual([0, 1, 0]);
  expect(recent('rank')).toEqual([0, 1, 0.5]);
  expect(recent('age')).toEqual([0, 0.5, 0.5]);
  expect(recent('after-last')).toEqual([0, 0, 1]);
  expect(recent('before-last')).toEqual([1, 0, 0]);
  const history = rows({ kind: 'history', ...words }, { profile })[0];
  expect(history).toEqual([Math.fround(2 / 3), Math.fround(Math.log(3)), 0.5]);
});

test("affinity: mean and best over the item's tags", () => {
  const profile = { ...emptyProfile(0, 's'), affinities: { coffee: [2, 60_000] } } as const;
  expect(rows({ kind: 'affinity', ...words }, { profile })).toEqual([
    [0.25, 0.5],
    [0, 0],
    [0, 0],
  ]);
});

test('affinity shrinks to the mean of the context, where the pack gives one and there is a profile', () => {
  const means = [
    { tag: 'coffee', mean: 0.5 },
    { tag: 'coffee', mean: -0.5, when: { signal: 'weather.condition', is: 'rain' } },
  ] as const;
  const encoder = createEncoder({ ...specOf({ kind: 'affinity', ...words }), means });
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
  const unknown = { kind: 'horoscope', ...words } as unknown as Feature;
  expect(() => createEncoder(specOf(unknown))).toThrow(/unknown feature kind/);
});
