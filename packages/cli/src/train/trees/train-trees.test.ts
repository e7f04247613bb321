import { prng } from '@inkling/core';
import { expect, test } from 'vitest';
import type { EncodedList, EncodedLists } from '../../dataset/encoded-lists.ts';
import { measure, rankBy } from '../../evaluate/metrics.ts';
import type { EpochProgress } from '../train-network.ts';
import { type TreesState, trainTrees } from './train-trees.ts';
import { type Forest, scoreTrees } from './tree.ts';

const WIDTH = 4;
const FAST = { epochs: 60, learningRate: 0.3, minChildWeight: 0.5 };

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
  async (loss) => {
    const { forest } = await trainTrees(inMemory(lists(400, 'a')), inMemory(lists(100, 'b')), {
      ...FAST,
      loss,
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
  const { forest } = await trainTrees(inMemory(holes), inMemory([]), { ...FAST, epochs: 20 });
  expect(mrr(forest, holes.slice(0, 100))).toBeGreaterThan(0.8);
  const two = scoreTrees(forest, Float32Array.of(Number.NaN, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5));
  expect(two[0]).toBeGreaterThan((two[1] as number) + 1);
});

test('a list counts for its weight: the few outvote the many', async () => {
  const low = (row: Float32Array) => -(row[0] as number);
  const high = (row: Float32Array) => row[0] as number;
  const few = (weight: number) => lists(100, 'a', low).map((list) => ({ ...list, weight }));
  const fitted = async (weight: number) => {
    const all = inMemory([...few(weight), ...lists(200, 'b', high)]);
    return (await trainTrees(all, inMemory([]), { ...FAST, epochs: 5 })).forest;
  };
  const ends = Float32Array.of(0.01, 0.5, 0.5, 0.5, 0.99, 0.5, 0.5, 0.5);
  expect(rankBy(scoreTrees(await fitted(1), ends))).toEqual([1, 0]);
  expect(rankBy(scoreTrees(await fitted(10), ends))).toEqual([0, 1]);
});

test('keeps as many trees as have the lowest validation loss, and none where none has a lower one', async () => {
  const heard: number[] = [];
  const { forest, best } = await trainTrees(inMemory(lists(100, 'a')), inMemory(lists(60, 'b')), {
    ...FAST,
    epochs: 500,
    patience: 10,
    onEpoch: ({ validationLoss }) => heard.push(validationLoss),
  });
  expect(heard.length).toBeLessThan(500);
  expect(forest.trees.length).toBe(heard.indexOf(Math.min(...heard)) + 1);
  expect(best).toMatchObject({ epoch: forest.trees.length, validationLoss: Math.min(...heard) });
  // What is learnt is wrong for these.
  const opposed = lists(60, 'c', (row) => -exclusive(row));
  const none = await trainTrees(inMemory(lists(300, 'a')), inMemory(opposed), { ...FAST, patience: 3 });
  expect(none.forest.trees).toHaveLength(0);
  expect(none.best.validationLoss).toBeCloseTo(Math.log(10), 6);
});

test('where nothing was chosen there is nothing to learn', async () => {
  const empty = lists(5, 'a').map((list) => ({ ...list, labels: Array<number>(10).fill(0) }));
  await expect(trainTrees(inMemory(empty), inMemory([]), FAST)).rejects.toThrow(
    'expected lists in which something was chosen, found none',
  );
});

test('the same seed gives the same bytes, another seed others', async () => {
  const bytes = async (seed: string) => {
    const all = inMemory(lists(60, 'a'));
    return (await trainTrees(all, inMemory([]), { ...FAST, epochs: 5, seed })).forest;
  };
  expect(await bytes('one')).toEqual(await bytes('one'));
  expect(await bytes('one')).not.toEqual(await bytes('two'));
});

test('no more lists are kept than it may', async () => {
  const good = lists(50, 'a');
  const bad = lists(500, 'b', (row) => -exclusive(row));
  const { forest } = await trainTrees(inMemory([...good, ...bad]), inMemory([]), {
    ...FAST,
    mostLists: 50,
    leaves: 8,
  });
  expect(mrr(forest, good)).toBeGreaterThan(0.9);
});

test('a signal ends it with what there is, and resumed it ends with the trees of an unbroken run', async () => {
  const [all, held] = [inMemory(lists(200, 'a')), inMemory(lists(50, 'b'))];
  const options = { ...FAST, learningRate: 0.1, epochs: 8 };
  const whole = await trainTrees(all, held, options);
  const stop = new AbortController();
  let kept: TreesState | undefined;
  const checkpoint = {
    read: async () => kept,
    async write(state: TreesState) {
      kept = structuredClone(state);
    },
  };
  const onEpoch = ({ epoch }: EpochProgress) => epoch === 3 && stop.abort();
  const stopped = await trainTrees(all, held, { ...options, onEpoch, signal: stop.signal }, checkpoint);
  expect([stopped.isStopped, stopped.forest.trees.length]).toEqual([true, 3]);
  expect(await trainTrees(all, held, options, checkpoint)).toEqual(whole);
  const none = trainTrees(all, held, { signal: AbortSignal.abort(new Error('by hand')) });
  await expect(none).rejects.toThrow('by hand');
});
