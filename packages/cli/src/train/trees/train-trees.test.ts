import { prng } from '@inkling/core';
import { expect, test } from 'vitest';
import type { EncodedList, EncodedLists } from '../../dataset/encoded-lists.ts';
import { measure, rankBy } from '../../evaluate/metrics.ts';
import { trainTrees } from './train-trees.ts';
import { type Forest, scoreTrees } from './tree.ts';
import { writeTrees } from './write-trees.ts';

const WIDTH = 4;
const FAST = { trees: 60, learningRate: 0.3, minChildWeight: 0.5 };

function inMemory(lists: readonly EncodedList[]): EncodedLists {
  return {
    width: WIDTH,
    count: lists.length,
    async *batches(size) {
      for (let start = 0; start < lists.length; start += size) yield lists.slice(start, start + size);
    },
  };
}

/** Of ten items the one is chosen that `worth` says, which no sum over columns can. The last column is noise. */
function lists(count: number, seed: string, worth = exclusive): readonly EncodedList[] {
  const random = prng(seed, 'lists');
  return Array.from({ length: count }, (_, i) => {
    const features = Float32Array.from({ length: 10 * WIDTH }, () => random() / 2 ** 32);
    const values = Array.from({ length: 10 }, (_, row) => worth(features.subarray(row * WIDTH)));
    const best = values.indexOf(Math.max(...values));
    return { visitor: `v${i}`, features, labels: values.map((_, row) => Number(row === best)), weight: 1 };
  });
}

function exclusive([a = 0, b = 0, c = 0]: Float32Array): number {
  return Number(a > 0.5 !== b > 0.5) + c;
}

function mrr(forest: Forest, of: readonly EncodedList[]): number {
  const all = of.map(
    ({ features, labels }) => measure(rankBy(scoreTrees(forest, features)), Array.from(labels), 10).mrr,
  );
  return all.reduce((a, b) => a + b, 0) / all.length;
}

test.each(['pointwise', 'pairwise', 'listwise'] as const)(
  '%s: learns what no sum over columns can',
  async (objective) => {
    const forest = await trainTrees(inMemory(lists(400, 'a')), inMemory(lists(100, 'b')), {
      ...FAST,
      objective,
    });
    // Chance is .29, the third column alone .5.
    expect(mrr(forest, lists(200, 'c'))).toBeGreaterThan(0.75);
  },
);

test('a missing value is learnt from: the chosen one is always missing, others rarely', async () => {
  const random = prng('holes', 'rows');
  const holes = lists(300, 'a', () => random()).map((list) => ({
    ...list,
    features: list.features.map((x, i) => {
      const isChosen = list.labels[Math.floor(i / WIDTH)] === 1;
      return i % WIDTH === 0 && (isChosen || x > 0.9) ? Number.NaN : x;
    }),
  }));
  const forest = await trainTrees(inMemory(holes), inMemory([]), { ...FAST, trees: 20 });
  expect(mrr(forest, holes.slice(0, 100))).toBeGreaterThan(0.8);
  const two = scoreTrees(forest, Float32Array.of(Number.NaN, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5));
  expect(two[0]).toBeGreaterThan((two[1] as number) + 1);
});

test('a list counts for its weight: the few outvote the many', async () => {
  const low = (row: Float32Array) => -(row[0] as number);
  const high = (row: Float32Array) => row[0] as number;
  const few = (weight: number) => lists(100, 'a', low).map((list) => ({ ...list, weight }));
  const fitted = (weight: number) =>
    trainTrees(inMemory([...few(weight), ...lists(200, 'b', high)]), inMemory([]), { ...FAST, trees: 5 });
  const ends = Float32Array.of(0.01, 0.5, 0.5, 0.5, 0.99, 0.5, 0.5, 0.5);
  expect(rankBy(scoreTrees(await fitted(1), ends))).toEqual([1, 0]);
  expect(rankBy(scoreTrees(await fitted(10), ends))).toEqual([0, 1]);
});

test('keeps as many trees as order the validation lists best, and none where none does', async () => {
  const heard: number[] = [];
  const forest = await trainTrees(inMemory(lists(100, 'a')), inMemory(lists(60, 'b')), {
    ...FAST,
    trees: 500,
    patience: 10,
    onTree: ({ mrr }) => heard.push(mrr),
  });
  expect(heard.length).toBeLessThan(500);
  expect(forest.trees.length).toBe(heard.indexOf(Math.max(...heard)) + 1);
  // The displayed order is perfect, and scores that are all equal keep it.
  const perfect = lists(60, 'c').map((list) => ({ ...list, labels: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0] }));
  const none = await trainTrees(inMemory(lists(300, 'a')), inMemory(perfect), { ...FAST, patience: 3 });
  expect(none.trees).toHaveLength(0);
});

test('the same seed gives the same bytes, another seed others', async () => {
  const bytes = async (seed: string) =>
    writeTrees(await trainTrees(inMemory(lists(60, 'a')), inMemory([]), { ...FAST, trees: 5, seed }), {});
  expect(await bytes('one')).toEqual(await bytes('one'));
  expect(await bytes('one')).not.toEqual(await bytes('two'));
});

test('no more lists are kept than it may, and a signal ends it with what there is', async () => {
  const good = lists(50, 'a');
  const bad = lists(500, 'b', (row) => -exclusive(row));
  const forest = await trainTrees(inMemory([...good, ...bad]), inMemory([]), {
    ...FAST,
    mostLists: 50,
    leaves: 8,
  });
  expect(mrr(forest, good)).toBeGreaterThan(0.9);
  const stop = new AbortController();
  const options = {
    ...FAST,
    signal: stop.signal,
    onTree: ({ tree }: { tree: number }) => tree === 3 && stop.abort(),
  };
  expect((await trainTrees(inMemory(good), inMemory([]), options)).trees).toHaveLength(3);
});
