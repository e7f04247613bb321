import { prng } from '@inkling/core';
import { expect, test } from 'vitest';
import type { EncodedList, EncodedLists } from '../dataset/encoded-lists.ts';
import type { Checkpoint } from './checkpoint.ts';
import { fitNetworks } from './fit-networks.ts';
import { mergeNetworks } from './merge-networks.ts';
import { createNetwork, forward, type NetworkSpec } from './network.ts';
import { networkRows } from './network-rows.ts';
import { type FitOptions, type TrainingState, trainNetwork } from './train-network.ts';
import { mapWeights, type Weights } from './weights.ts';

const WIDTH = 3;
const scale = new Float32Array(WIDTH).fill(1);

function specOf(hidden: readonly number[], kind: NetworkSpec['kind'] = 'mlp'): NetworkSpec {
  return { kind, columns: { dense: [0, 1, 2], fields: [], tableRows: 0 }, hidden, factors: 4 };
}

/** Of five items the one with most in the first column is chosen. */
function listsOf(count: number, seed: string): EncodedLists {
  const random = prng(seed, 'lists');
  const lists = Array.from({ length: count }, (_, i): EncodedList => {
    const features = Float32Array.from({ length: 5 * WIDTH }, () => random() / 2 ** 32);
    const first = features.filter((__, at) => at % WIDTH === 0);
    const best = first.indexOf(Math.max(...first));
    return {
      visitor: `v${i}`,
      features,
      labels: [...first.keys()].map((row) => Number(row === best)),
      weight: 1,
    };
  });
  return {
    width: WIDTH,
    count,
    async *batches(size) {
      for (let start = 0; start < count; start += size) yield lists.slice(start, start + size);
    },
  };
}

const data = { train: listsOf(60, 'a'), validation: listsOf(30, 'b'), scale };
const options = { epochs: 3, batch: 10, seed: 's' };
const rows = {
  count: 10,
  dense: Float32Array.from({ length: 30 }, (_, i) => Math.sin(i)),
  ids: new Int32Array(),
};

/** In memory. */
function checkpoints() {
  const kept = new Map<number, TrainingState>();
  const of = (member: number): Checkpoint<TrainingState> => ({
    read: async () => structuredClone(kept.get(member)),
    async write(state) {
      kept.set(member, structuredClone(state));
    },
  });
  return { kept, of };
}

function expectMean(spec: NetworkSpec, merged: Weights, members: readonly Weights[]) {
  const scores = members.map((weights) => forward(spec, weights, rows).scores);
  forward(spec, merged, rows).scores.forEach((score, row) => {
    const sum = scores.reduce((total, of) => total + (of[row] as number), 0);
    expect(score).toBeCloseTo(sum / members.length, 5);
  });
}

test.each([[[]], [[5]], [[5, 3]], [[4, 3, 2]]])(
  'networks with hidden layers %j merge into the mean of their scores',
  (hidden) => {
    const spec = specOf(hidden);
    const members = ['a', 'b', 'c'].map((seed, place) =>
      mapWeights(createNetwork(spec, seed), ({ values }, name) =>
        name.startsWith('bias') ? values.map((_, i) => (place + i) / 7) : values,
      ),
    );
    expectMean(spec, mergeNetworks(members), members);
  },
);

test('linear models merge into one as large as each', () => {
  const spec = specOf([], 'linear');
  const members = [1, 4].map((times) =>
    mapWeights(createNetwork(spec, ''), ({ values }) => values.map((_, i) => times * (i + 1))),
  );
  const merged = mergeNetworks(members);
  expectMean(spec, merged, members);
  expect(merged.dense.values).toEqual(Float32Array.of(2.5, 5, 7.5));
});

test('members are networks from other seeds, the first from the seed itself, measured together', async () => {
  const spec = specOf([4]);
  const epochs: number[] = [];
  const ends: number[] = [];
  const fitted = await fitNetworks(
    spec,
    data,
    {
      ...options,
      members: 2,
      onEpoch: ({ epoch }) => epochs.push(epoch),
      onBatch: ({ epochs: all }) => ends.push(all),
    },
    () => undefined,
  );
  const single = async (seed: string) => (await trainNetwork(spec, data, { ...options, seed })).best;
  const [first, second] = [await single('s'), await single('s 2')];
  expect(first.weights).not.toEqual(second.weights);
  expect(fitted.weights).toEqual(mergeNetworks([first.weights, second.weights]));
  expect(epochs).toEqual([1, 2, 3, 4, 5, 6]);
  expect(new Set(ends)).toEqual(new Set([6]));
  // By hand, from the merged network.
  let loss = 0;
  for await (const lists of data.validation.batches(30, '')) {
    const { scores } = forward(spec, fitted.weights, networkRows(spec.columns, WIDTH, scale, lists));
    lists.forEach(({ labels }, list) => {
      const own = scores.subarray(5 * list, 5 * list + 5);
      const total = own.reduce((sum, score) => sum + Math.exp(score), 0);
      loss += (Math.log(total) - (own[Array.from(labels).indexOf(1)] as number)) / 30;
    });
  }
  expect(fitted.best.validationLoss).toBeCloseTo(loss, 5);
  expect(fitted).toMatchObject({ members: 2, isStopped: false, best: { epoch: 3 } });
});

test('stopped in the second member, the finished one and the best so far are kept; resumed, all of them', async () => {
  const spec = specOf([4]);
  const whole = await fitNetworks(spec, data, { ...options, members: 3 }, () => undefined);
  const run = (more: FitOptions, of: (member: number) => Checkpoint<TrainingState>) =>
    fitNetworks(spec, data, { ...options, ...more, members: 3 }, of);
  const stopAt = async (number: number) => {
    const stop = new AbortController();
    const { kept, of } = checkpoints();
    const onEpoch = ({ epoch }: { epoch: number }) => epoch === number && stop.abort();
    return { kept, of, ...(await run({ onEpoch, signal: stop.signal }, of)) };
  };
  const stopped = await stopAt(4);
  expect(stopped).toMatchObject({ members: 2, isStopped: true });
  expect([...stopped.kept.keys()]).toEqual([1, 2]);
  const heard: number[] = [];
  const resumed = await run({ onEpoch: ({ epoch }) => heard.push(epoch) }, stopped.of);
  expect(resumed).toEqual(whole);
  expect(heard).toHaveLength(5);
  // Between two members there is nothing of the next one to keep.
  expect(await stopAt(3)).toMatchObject({ members: 1, isStopped: true });
});

test('before an epoch of the second member has ended, the first one is kept', async () => {
  const stop = new AbortController();
  const onBatch = ({ epoch }: { epoch: number }) => epoch === 4 && stop.abort();
  const signal = { onBatch, signal: stop.signal, members: 2 };
  const fitted = await fitNetworks(specOf([4]), data, { ...options, ...signal }, () => undefined);
  expect(fitted).toMatchObject({ members: 1, isStopped: true });
});
