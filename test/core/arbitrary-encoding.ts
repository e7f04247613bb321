import {
  type ContextPatch,
  createContext,
  type EncodeInput,
  emptyProfile,
  type Feature,
  type FeatureSpec,
  type Item,
  type NumberPath,
  type Profile,
  type TextPath,
  type TransformSpec,
} from '@inkling/core';
import fc from 'fast-check';

/** Words that are also names of every object, of nothing, or of several values. */
const WORDS = ['rain', 'coffee', 'all', 'unknown', 'constructor', '__proto__', '', '7', 'true', 'é𝛑'];
const IDS = ['a', 'b', 'c', 'd', 'constructor', '__proto__'];
const word = fc.constantFrom(...WORDS);
const values = fc.uniqueArray(fc.constantFrom(...WORDS.filter((each) => each !== 'unknown' && each !== '')), {
  minLength: 1,
  maxLength: 4,
});
const group = { group: 'g', sentence: 'Because.' };

const textPath = fc.constantFrom<TextPath>(
  'weather.condition',
  'custom.plan',
  'custom.constructor',
  'item:id',
  'item:group',
  'item:tags',
  'attribute:season',
  'attribute:constructor',
);
const numberPath = fc.constantFrom<NumberPath>(
  'time.hour',
  'custom.plan',
  'item:price',
  'list:position',
  'list:untouched',
  'age:days',
  'attribute:season',
  'attribute:__proto__',
  'affinity:mean',
  'affinity:max',
  'taste:constructor',
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
);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const transforms = fc.array(
  fc.oneof(
    fc.constantFrom<TransformSpec>(
      { type: 'log1p' },
      { type: 'reciprocal' },
      { type: 'share' },
      { type: 'log-ratio' },
    ),
    fc.record({ type: fc.constant('clip' as const), min: finite, max: finite }),
    fc.record({
      type: fc.constant('standardize' as const),
      mean: finite,
      std: fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
    }),
  ),
  { maxLength: 3 },
);

export const feature: fc.Arbitrary<Feature> = fc
  .oneof(
    fc.record({ kind: fc.constantFrom('one-hot' as const, 'multi-hot' as const), source: textPath, values }),
    fc.record({
      kind: fc.constant('match' as const),
      signal: fc.constantFrom('weather.condition' as const, 'custom.plan' as const),
      source: textPath,
    }),
    fc.record({
      kind: fc.constant('number' as const),
      source: numberPath,
      transforms,
      indicator: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('bucketized' as const),
      source: numberPath,
      transforms,
      edges: fc
        .uniqueArray(fc.integer({ min: -5, max: 50 }), { minLength: 1, maxLength: 4 })
        .map((edges) => edges.sort((a, b) => a - b)),
    }),
    fc.record({
      kind: fc.constant('cyclic' as const),
      source: numberPath,
      period: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    }),
    fc.record({
      kind: fc.constant('cross' as const),
      sources: fc.tuple(textPath, textPath),
      values: fc.tuple(values, values),
    }),
    fc.record({
      kind: fc.constant('hashed' as const),
      sources: fc.array(textPath, { minLength: 1, maxLength: 3 }),
      buckets: fc.integer({ min: 1, max: 9 }),
      seed: word,
    }),
    fc.record({
      kind: fc.constant('embedding' as const),
      source: textPath,
      vocabulary: values,
      input: fc.constant('ids'),
      length: fc.integer({ min: 1, max: 3 }),
    }),
  )
  .map((recipe): Feature => ({ ...recipe, ...group }));

export function specOf(features: readonly Feature[]): FeatureSpec {
  return { format: 2, groups: [{ id: 'g', sentence: 'Because.' }], features, phrases: {} };
}

/** A number as a device may hold it. */
const anyNumber = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, 7, 19.9, 1e-300, 3.5e38, NaN, Infinity));
const anyValue = fc.oneof(word, anyNumber, fc.boolean(), fc.array(word, { maxLength: 3 }), fc.constant(null));

function dictionary<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc.dictionary(fc.constantFrom('season', 'popularity', ...WORDS), value, { maxKeys: 4 });
}

function item(id: string): fc.Arbitrary<Item> {
  // What a page or a catalog holds in fact, whatever the types say.
  return fc.record(
    {
      id: fc.constant(id),
      price: fc.oneof(anyNumber, fc.constant(null)),
      tags: fc.array(word, { maxLength: 4 }),
      group: word,
      publishedAt: fc.constantFrom('2026-01-01', '2026-02-30', '2026-03-04T05:06:07.8Z', 'soon', ''),
      attributes: dictionary(anyValue),
    },
    { requiredKeys: ['id'] },
  ) as fc.Arbitrary<unknown> as fc.Arbitrary<Item>;
}

const items: fc.Arbitrary<readonly Item[]> = fc
  .subarray(IDS)
  .chain((ids) => fc.tuple(...ids.map(item)) as fc.Arbitrary<readonly Item[]>);

export const context = fc
  .record(
    {
      time: fc.record({ hour: fc.integer({ min: 0, max: 23 }) }),
      weather: fc.record({
        condition: fc.constantFrom('rain' as const, 'snow' as const, 'unknown' as const),
      }),
      custom: fc.dictionary(
        fc.constantFrom('plan', 'constructor', '__proto__'),
        fc.oneof(word, finite, fc.boolean()),
      ),
    },
    { requiredKeys: [] },
  )
  .map((patch: ContextPatch) => createContext(patch));

const at = fc.integer({ min: -1e9, max: 1e9 });
export const profile: fc.Arbitrary<Profile | undefined> = fc.option(
  fc
    .record({
      affinities: dictionary(fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), at)),
      recents: fc.uniqueArray(
        fc.record({ id: fc.constantFrom('elsewhere', ...IDS), at, views: fc.nat(9), clicks: fc.nat(9) }),
        { selector: ({ id }) => id, maxLength: 5 },
      ),
    })
    .map((parts) => ({ ...emptyProfile(0, 'seed'), ...parts })),
  { nil: undefined },
);

export const input = fc.record({
  context,
  profile,
  items,
  now: at,
  neighbours: fc.constantFrom<EncodeInput['neighbours']>({ a: 0.5 }, { a: NaN, b: 1 }, undefined),
});
