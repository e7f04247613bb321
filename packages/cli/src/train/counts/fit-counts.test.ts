import type { Feature, FeatureSpec } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { expect, test } from 'vitest';
import type { EncodedList, EncodedLists } from '../../dataset/encoded-lists.ts';
import { countTable, scoreByCounts } from './count-table.ts';
import { dampRepeats } from './damp-repeats.ts';
import { type CountsOptions, fitCounts } from './fit-counts.ts';

const words = { group: 'g', sentence: 'The moment.' };
const embedding = (source: 'item:id' | `custom.${string}`, vocabulary: readonly string[]) =>
  ({ kind: 'embedding', source, vocabulary, input: source.replace(/\W/, '-'), ...words }) as const;
const specOf = (features: readonly Feature[]): FeatureSpec => ({
  format: 2,
  groups: [{ id: 'g', sentence: 'The moment.' }],
  features,
  phrases: {},
});
const item = embedding('item:id', ['map', 'news']);
const country = embedding('custom.country', ['here', 'abroad']);
const city = embedding('custom.city', ['capital', 'port']);
const coin = embedding('custom.coin', ['heads', 'tails']);

/** Ids of the encoder, after nothing and another word. */
const [MAP, NEWS] = [2, 3];
const [HERE, ABROAD, NOWHERE] = [2, 3, 1];

/** Both items, of which one was chosen in a moment of these words. */
function chose(visitor: string, what: number, ...moment: readonly number[]): EncodedList {
  const features = Float32Array.from([MAP, ...moment, NEWS, ...moment]);
  return { visitor, features, labels: [Number(what === MAP), Number(what === NEWS)], weight: 1 };
}

function listsOf(lists: readonly EncodedList[]): EncodedLists {
  const [{ features } = chose('', MAP)] = lists;
  return {
    width: features.length / 2,
    count: lists.length,
    async *batches(size) {
      for (let start = 0; start < lists.length; start += size) yield lists.slice(start, start + size);
    },
  };
}

const many = (count: number, of: (i: number) => EncodedList) =>
  Array.from({ length: count }, (_, i) => of(i));
const even = many(100, (i) => chose(`e${i}`, i % 2 ? MAP : NEWS, HERE));
const abroad = (count: number) => many(count, (i) => chose(`a${i}`, MAP, ABROAD));
const fit = (features: readonly Feature[], lists: readonly EncodedList[], options: CountsOptions = {}) => {
  const data = { encoder: createFullEncoder(specOf(features)), validation: listsOf([]) };
  return fitCounts({ ...data, train: listsOf(lists) }, options);
};

/** By how much the map is ahead of the news. */
async function lead(lists: readonly EncodedList[], where: number, options?: CountsOptions): Promise<number> {
  const { columns, tables } = await fit([item, country], lists, options);
  const [map = 0, news = 0] = scoreByCounts(columns, tables, chose('', MAP, where), 2);
  return map - news;
}

test('what is chosen oftener where it is shown is ahead, by the logarithm of the ratio', async () => {
  const lists = [
    ...many(60, (i) => chose(`m${i}`, MAP, HERE)),
    ...many(40, (i) => chose(`n${i}`, NEWS, HERE)),
  ];
  // 60 and 40 of 100, where 50 each would be expected.
  expect(await lead(lists, HERE, { priors: { popularity: 10 } })).toBeCloseTo(Math.log(70 / 50), 5);
});

test('the more choices a word has, the more it says, and one that nobody had says nothing', async () => {
  const priors = { popularity: 1, 'custom.country': 20 };
  const says = async (count: number) => {
    const lists = [...even, ...abroad(count)];
    return (await lead(lists, ABROAD, { priors })) - (await lead(lists, NOWHERE, { priors }));
  };
  expect(await says(2)).toBeGreaterThan(0);
  expect(await says(2)).toBeLessThan(0.1);
  // 50 and none, where popularity expected p and 1 − p of them; in the mean over both countries it did 100 of 150.
  const { tables } = await fit([item, country], [...even, ...abroad(50)], { priors });
  const [map, news] = [MAP, NEWS].map((id) => tables[0]?.values[id] ?? 0);
  const p = 1 / (1 + Math.exp((news ?? 0) - (map ?? 0)));
  expect(p).toBeCloseTo(2 / 3, 1);
  expect(await says(50)).toBeCloseTo(Math.log((70 / (20 + 50 * p)) * ((20 + 50 * (1 - p)) / 20)), 4);
  const lists = [...even, ...abroad(50)];
  expect(await lead(lists, NOWHERE, { priors })).toBeCloseTo(Math.log(p / (1 - p)), 4);
});

test('a city does not say again what its country has said', async () => {
  const [CAPITAL, PORT] = [2, 3];
  const lists = [
    ...many(400, (i) => chose(`h${i}`, i % 2 ? MAP : NEWS, HERE, CAPITAL)),
    ...many(400, (i) => chose(`a${i}`, i % 8 ? MAP : NEWS, ABROAD, PORT)),
  ];
  const priors = { popularity: 1, 'custom.country': 1, 'custom.city': 1 };
  const { tables } = await fit([item, country, city], lists, { priors });
  const [, byCountry, byCity] = tables.map(({ values }) => values[MAP * 4 + ABROAD] as number);
  expect(byCountry).toBeGreaterThan(0.1);
  expect(Math.abs(byCity as number)).toBeLessThan((byCountry as number) / 10);
});

test('what a visitor does again and again counts by its square root', async () => {
  const lists = listsOf([...many(25, () => chose('one', MAP)), chose('one', NEWS), chose('two', MAP)]);
  const weights: number[] = [];
  for await (const batch of (await dampRepeats(lists, 0)).batches(10, '')) {
    weights.push(...batch.map(({ weight }) => weight));
  }
  expect(weights).toEqual([...many(25, () => chose('', MAP)).map(() => 1 / 5), 1, 1]);
  // 49 choices of one are 7, of 40 others 40.
  const one = many(49, () => chose('one', NEWS, HERE));
  const others = many(40, (i) => chose(`m${i}`, MAP, HERE));
  const priors = { popularity: 1 };
  expect(await lead([...one, ...others], HERE, { priors })).toBeCloseTo(Math.log(41 / 8), 4);
});

test('signals and priors are chosen by the validation lists; what says nothing is left out', async () => {
  // Three quarters choose by their country. How the coin falls goes with the choice in training, by chance, and not later.
  const draw = (seed: string, count: number, heads: number) =>
    many(count, (i) => {
      const [where, usual, other] = i % 8 < 4 ? [HERE, MAP, NEWS] : [ABROAD, NEWS, MAP];
      const what = i % 4 < 3 ? usual : other;
      return chose(`${seed}${i}`, what, where, what === heads ? 2 : 3);
    });
  const data = {
    encoder: createFullEncoder(specOf([item, country, coin])),
    train: listsOf(draw('t', 64, MAP)),
    validation: listsOf(draw('v', 400, NEWS)),
  };
  const heard: number[] = [];
  const fitted = await fitCounts(data, { onEpoch: ({ epoch }) => heard.push(epoch) });
  expect(Object.keys(fitted.priors)).toEqual(['popularity', 'custom.country']);
  expect(fitted.best.epoch).toBe(2);
  expect(heard).toEqual([1, 2, 3]);
  // Given them, another fit needs no validation lists.
  const again = await fitCounts({ ...data, validation: listsOf([]) }, { priors: fitted.priors });
  expect(again.tables).toEqual(fitted.tables);
});

test('stopped, the tables so far are kept; before the first, the reason is thrown', async () => {
  const stopAt = (epoch: number) => {
    const stop = new AbortController();
    const onBatch = (batch: { readonly epoch: number }) =>
      batch.epoch === epoch && stop.abort(new Error('enough'));
    return fit(
      [item, country, coin],
      many(600, (i) => chose(`v${i}`, MAP, HERE, 2)),
      { onBatch, signal: stop.signal },
    );
  };
  await expect(stopAt(1)).rejects.toThrow('enough');
  expect(await stopAt(2)).toMatchObject({ isStopped: true, priors: { popularity: 30 } });
});

test('a spec that says more than counts read is refused', async () => {
  const price = { kind: 'number', source: 'item:price', ...words } as const;
  const expected = 'one embedding of the item, the others of signals';
  await expect(fit([item, price], even)).rejects.toThrow(expected);
  await expect(fit([country], even)).rejects.toThrow(expected);
  await expect(fit([item, { ...country, input: item.input }], even)).rejects.toThrow('an input for each');
  await expect(
    fit(
      [item, country],
      even.map((list) => ({ ...list, labels: [0, 0] })),
    ),
  ).rejects.toThrow('lists in which something was chosen');
});

test('a table is the logarithm of a shrunk ratio', () => {
  const counts = { chosen: Float64Array.of(8, 0), expected: Float64Array.of(2, 0) };
  expect([...countTable(counts, 2, undefined).values]).toEqual([Math.fround(Math.log(10 / 4)), 0]);
});
