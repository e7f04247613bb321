import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyProfile } from '@inkling/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodedInMemory } from '../dataset/encoded-lists.ts';
import { splitByVisitor } from '../dataset/held-out.ts';
import { type Checkpoint, fileCheckpoint } from './checkpoint.ts';
import { forward, type NetworkSpec } from './network.ts';
import { networkRows } from './network-rows.ts';
import { type EpochProgress, type FitOptions, type TrainingState, trainNetwork } from './train-network.ts';
import type { Weights } from './weights.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-train-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const spec: NetworkSpec = {
  kind: 'mlp',
  columns: { dense: [0, 1], fields: [], tableRows: 0 },
  hidden: [8],
  factors: 1,
};
const scale = Float32Array.of(1, 1);

/** A list of two items, each described by one of two columns. */
const choice = (index: number, chosen: 0 | 1, propensity = 1) => ({
  list: {
    kind: 'list' as const,
    id: `l${index}`,
    visitor: `v${index}`,
    at: index,
    context: {},
    items: [{ id: 'a' }, { id: 'b' }],
    labels: chosen === 0 ? [1, 0] : [0, 1],
    propensity,
  },
  features: Float32Array.of(1, 0, 0, 1),
  profile: emptyProfile(0, 's'),
});
type Choice = ReturnType<typeof choice>;

async function train(
  lists: Choice[],
  held: Choice[],
  options: FitOptions = {},
  checkpoint?: Checkpoint<TrainingState>,
) {
  const data = { train: encodedInMemory(2, lists), validation: encodedInMemory(2, held), scale };
  return trainNetwork(spec, data, options, checkpoint);
}

function gap(weights: Weights): number {
  const list = { visitor: '', features: Float32Array.of(1, 0, 0, 1), labels: [1, 0], weight: 1 };
  const [a = 0, b = 0] = forward(spec, weights, networkRows(spec.columns, 2, scale, [list])).scores;
  return b - a;
}

test.each(['listwise', 'pairwise', 'pointwise'] as const)('%s: it learns what is chosen', async (loss) => {
  const lists = Array.from({ length: 50 }, (_, i) => choice(i, 1));
  const { best } = await train(lists, lists, { epochs: 20, patience: 20, loss });
  expect(gap(best.weights)).toBeGreaterThan(0.2);
});

test('a choice that was rarely possible weighs more: 20 of 60 chose b, but b was shown there a fifth as often', async () => {
  const lists = Array.from({ length: 60 }, (_, i) => (i % 3 ? choice(i, 0) : choice(i, 1, 0.2)));
  const { best } = await train(lists, [], { epochs: 40 });
  expect(gap(best.weights)).toBeGreaterThan(0);
});

test('the network of the best epoch is kept, not that of the last', async () => {
  // What is learnt from these is wrong for the validation lists: the first epoch is the best.
  const lists = Array.from({ length: 64 }, (_, i) => choice(i, 0));
  const held = Array.from({ length: 8 }, (_, i) => choice(i, 1));
  const epochs: EpochProgress[] = [];
  const { best } = await train(lists, held, {
    epochs: 30,
    patience: 30,
    onEpoch: (epoch) => epochs.push(epoch),
  });
  const [first, last] = [epochs[0], epochs.at(-1)] as [EpochProgress, EpochProgress];
  expect(epochs).toHaveLength(30);
  expect(last.validationLoss).toBeGreaterThan(first.validationLoss);
  expect(best.epoch).toEqual(first);
  expect(Math.log(1 + Math.exp(-gap(best.weights)))).toBeCloseTo(first.validationLoss, 4);
});

test('training ends when nothing improves', async () => {
  const lists = Array.from({ length: 8 }, (_, i) => choice(i, 0));
  let epochs = 0;
  await train(lists, [choice(0, 1)], { epochs: 30, patience: 3, onEpoch: () => epochs++ });
  expect(epochs).toBe(4);
});

test('stopped after three epochs and resumed from the file, it ends with the same weights', async () => {
  const lists = Array.from({ length: 40 }, (_, i) => choice(i, i % 3 ? 1 : 0));
  const options = { epochs: 6, batch: 7, dropout: 0.3 };
  const whole = await train(lists, lists, options);
  const file = join(folder, 'checkpoint.bin');
  const stop = new AbortController();
  const onEpoch = ({ epoch }: EpochProgress) => epoch === 3 && stop.abort();
  const stopped = await train(
    lists,
    lists,
    { ...options, onEpoch, signal: stop.signal },
    fileCheckpoint(file, 'key', false),
  );
  expect([stopped.isStopped, stopped.best.epoch.epoch]).toEqual([true, 3]);
  expect(stopped.best.weights).not.toEqual(whole.best.weights);
  const resumed = await train(lists, lists, options, fileCheckpoint(file, 'key', true));
  expect(resumed).toEqual(whole);
  // Not asked to go on, it begins anew.
  expect(await fileCheckpoint(file, 'key', false).read()).toBeUndefined();
  await expect(fileCheckpoint(file, 'other', true).read()).rejects.toThrow(
    /checkpoint\.bin: expected the checkpoint of .* found that of another training/,
  );
  writeFileSync(file, 'half a checkpo');
  await expect(fileCheckpoint(file, 'key', true).read()).rejects.toThrow(/found something else/);
});

test('before an epoch has ended there is nothing to keep', async () => {
  const lists = [choice(0, 1)];
  await expect(train(lists, [], { signal: AbortSignal.abort(new Error('by hand')) })).rejects.toThrow(
    'by hand',
  );
});

test('what cannot be learnt from is said', async () => {
  const empty = { ...choice(0, 1), list: { ...choice(0, 1).list, labels: [0, 0] } };
  await expect(train([empty], [])).rejects.toThrow(
    'expected lists in which something was chosen, found none',
  );
  await expect(train([choice(0, 1), choice(1, 0)], [], { learningRate: 1e30 })).rejects.toThrow(
    /training: epoch \d: expected a loss that is a number: try a lower learning rate, found (NaN|Infinity)/,
  );
});

test('a split is by visitor and near its share', () => {
  const examples = Array.from({ length: 2000 }, (_, i) => ({
    ...choice(i, 0),
    list: { ...choice(i % 500, 0).list },
  }));
  const [first, second] = splitByVisitor(examples, 0.2);
  const visitors = new Set(second.map(({ list }) => list.visitor));
  expect(first.some(({ list }) => visitors.has(list.visitor))).toBe(false);
  expect(visitors.size).toBeGreaterThan(70);
  expect(visitors.size).toBeLessThan(130);
});
