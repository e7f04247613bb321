import {
  createContext,
  type EncodeInput,
  type Encoder,
  type Feature,
  type Feature1,
  type FeatureSpec1,
  type Item,
} from '@inkling/core';
import { describe } from '@inkling/core/describe';
import { createFullEncoder, modelInputs } from '@inkling/core/full';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { context, feature, input, profile, specOf } from './arbitrary-encoding.ts';
import { propertyRuns } from './property-runs.ts';
import { columnsOfFormat1 } from './reference-format-1.ts';

const features = fc.array(feature, { minLength: 1, maxLength: 6 });

const rowsOf = ({ width }: Encoder, matrix: Float32Array): readonly (readonly number[])[] =>
  Array.from({ length: matrix.length / width }, (_, row) => [
    ...matrix.subarray(row * width, (row + 1) * width),
  ]);

test('whatever a device holds, every column is a finite number, and the same again', () => {
  fc.assert(
    fc.property(features, input, (recipe, given) => {
      const spec = specOf(recipe);
      const encoder = createFullEncoder(spec);
      const matrix = encoder.encode(given);
      expect(matrix).toHaveLength(given.items.length * encoder.width);
      expect(matrix.findIndex((x) => !Number.isFinite(x))).toBe(-1);
      expect(createFullEncoder(spec).encode(given)).toEqual(matrix);
      const names = describe(spec).map(({ name }) => name);
      expect(names).toHaveLength(encoder.width);
      expect(new Set(names).size).toBe(encoder.width);
      for (const { data, dims } of Object.values(modelInputs(encoder, matrix, given.items.length))) {
        expect(data).toHaveLength((dims[0] as number) * (dims[1] as number));
      }
    }),
    propertyRuns(2),
  );
});

test('every spec the properties are shown passes the pack check', () => {
  fc.assert(
    fc.property(features, (recipe) => {
      const { error } = featureSpecSchema.safeParse(specOf(recipe));
      expect(error).toBe(undefined);
    }),
    propertyRuns(0.5),
  );
});

test('an item of which nothing is known gives the unknown encoding', () => {
  const isOfItsOwn = (each: Feature) => /item:id|list:/.test(JSON.stringify(each));
  fc.assert(
    fc.property(features, fc.uniqueArray(fc.string(), { maxLength: 5 }), (recipe, ids) => {
      const encoder = createFullEncoder(specOf(recipe.filter((each) => !isOfItsOwn(each))));
      const items = ids.map((id) => ({ id }));
      const matrix = encoder.encode({ context: createContext(), profile: undefined, items, now: 0 });
      for (const row of rowsOf(encoder, matrix)) expect(row).toEqual([...encoder.unknown]);
    }),
    propertyRuns(),
  );
});

test('one more item changes only what is relative to the list', () => {
  const isRelative = (each: Feature) => /"share"|"log-ratio"|history:overlap/.test(JSON.stringify(each));
  fc.assert(
    fc.property(features, input, (recipe, given) => {
      const encoder = createFullEncoder(specOf(recipe));
      const added: Item = { id: 'added', price: 3, tags: ['rain'] };
      const before = rowsOf(encoder, encoder.encode(given));
      const after = rowsOf(encoder, encoder.encode({ ...given, items: [...given.items, added] }));
      const fixed = (row: readonly number[] | undefined) =>
        row?.filter((_, column) => !isRelative(recipe[encoder.featureOf[column] as number] as Feature));
      before.forEach((row, index) => {
        expect(fixed(after[index])).toEqual(fixed(row));
      });
    }),
    propertyRuns(1.5),
  );
});

test('hashed columns depend on the words alone, not on their order, the list or the moment', () => {
  const words = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 6 });
  fc.assert(
    fc.property(
      words,
      context,
      profile,
      fc.integer({ min: 1, max: 64 }),
      (tags, moment, visitor, buckets) => {
        const encoder = createFullEncoder(
          specOf([{ kind: 'hashed', sources: ['item:tags'], buckets, group: 'g', sentence: 'Because.' }]),
        );
        const encode = (list: readonly (readonly string[])[], over: Partial<EncodeInput> = {}) =>
          rowsOf(
            encoder,
            encoder.encode({
              context: createContext(),
              profile: undefined,
              items: list.map((each, id) => ({ id: `${id}`, tags: each })),
              now: 0,
              ...over,
            }),
          );
        const [alone] = encode([tags]);
        const other = encode([['x'], [...tags].reverse(), tags], {
          context: moment,
          profile: visitor,
          now: 1,
        });
        expect(other[1]).toEqual(alone);
        expect(other[2]).toEqual(alone);
        // Every word adds 1 or -1 to one column.
        const sum = alone?.reduce((total, x) => total + Math.abs(x), 0) ?? 0;
        const known = tags.filter((tag) => tag !== 'unknown').length;
        expect([sum <= known, (known - sum) % 2]).toEqual([true, 0]);
      },
    ),
    propertyRuns(),
  );
});

test('a spec of format 1 gives the bits of its definition', () => {
  const words = { group: 'g', sentence: 'Because.' };
  const every: readonly Feature1[] = [
    { kind: 'signal', signal: 'weather.condition', values: ['rain', 'fog'], ...words },
    { kind: 'tags', tags: ['rain', 'constructor', '__proto__'], ...words },
    { kind: 'attribute', attribute: 'season', values: ['rain', 'all'], ...words },
    { kind: 'match', signal: 'weather.condition', attribute: 'season', ...words },
    ...(['price', 'popularity', 'position', 'age'] as const).flatMap((source) =>
      (['log', 'reciprocal', 'share', 'log-ratio'] as const).map(
        (scale): Feature1 => ({ kind: 'number', source, scale, ...words }),
      ),
    ),
    { kind: 'affinity', ...words },
    ...(['last', 'rank', 'views', 'clicks', 'age', 'after-last', 'before-last'] as const).map(
      (measure): Feature1 => ({ kind: 'recent', measure, ...words }),
    ),
    { kind: 'history', ...words },
  ];
  const spec: FeatureSpec1 = {
    format: 1,
    groups: [{ id: 'g', sentence: 'Because.' }],
    features: every,
    phrases: {},
  };
  const encoder = createFullEncoder(spec);
  const amount = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: 1e-9, max: 1e9, noNaN: true }));
  const list = fc.uniqueArray(
    fc.record(
      {
        id: fc.constantFrom('a', 'b', 'c', 'd', 'constructor', '__proto__'),
        price: amount,
        tags: fc.array(fc.constantFrom('rain', 'coffee', 'constructor'), { maxLength: 3 }),
        publishedAt: fc.constantFrom('1970-01-02', '1970-01-05T06:07:08.091Z'),
        attributes: fc.record(
          { season: fc.constantFrom('rain', 'all', 'snow'), popularity: amount },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ['id'] },
    ),
    { selector: ({ id }) => id, maxLength: 6 },
  );
  fc.assert(
    fc.property(context, profile, list, fc.nat(1e9), (moment, visitor, items, now) => {
      const given: EncodeInput = {
        context: moment,
        profile: visitor,
        items: items as readonly Item[],
        now,
      };
      const expected = items.flatMap((_, row) => every.flatMap((each) => columnsOfFormat1(each, given, row)));
      const bits = (values: Float32Array) => [...new Uint32Array(values.buffer)];
      expect(bits(encoder.encode(given))).toEqual(bits(Float32Array.from(expected)));
    }),
    propertyRuns(1.5),
  );
});
