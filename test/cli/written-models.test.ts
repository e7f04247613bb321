import type { AnyFeatureSpec, Feature, FeatureSpec } from '@inkling/core';
import { prng } from '@inkling/core';
import { createFullEncoder, modelInputs } from '@inkling/core/full';
import { InferenceSession, Tensor } from '@inkling/onnx';
import { InferenceSession as FullSession } from '@inkling/onnx/full';
import { inspect } from '@inkling/onnx/inspect';
import { InferenceSession as OrtSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { encodeLogInMemory, type LoggedList, trainRanker } from '../../packages/cli/src/index.ts';
import { createNetwork, forward, NETWORKS } from '../../packages/cli/src/train/network.ts';
import { type NetworkColumns, networkColumns } from '../../packages/cli/src/train/network-columns.ts';
import { networkRows } from '../../packages/cli/src/train/network-rows.ts';
import { createOnnxGraph } from '../../packages/cli/src/train/onnx-model.ts';
import { roundWeights, WEIGHT_FORMATS } from '../../packages/cli/src/train/weight-format.ts';
import { mapWeights, type Weights } from '../../packages/cli/src/train/weights.ts';
import { addNetwork } from '../../packages/cli/src/train/write-onnx.ts';

const words = { group: 'g', sentence: 'Because.' };
const specOf = (features: readonly Feature[]): FeatureSpec => ({
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features,
  phrases: {},
});
const dense: readonly Feature[] = [
  { kind: 'number', source: 'item:price', ...words },
  { kind: 'one-hot', source: 'device.form', values: ['phone', 'desktop'], ...words },
];
const id: Feature = {
  kind: 'embedding',
  source: 'item:id',
  vocabulary: ['a', 'b', 'c'],
  input: 'id',
  ...words,
};
const tags: Feature = {
  kind: 'embedding',
  source: 'item:tags',
  vocabulary: ['x', 'y'],
  input: 'tags',
  length: 3,
  ...words,
};
const SPECS: Readonly<Record<string, FeatureSpec>> = {
  numbers: specOf(dense),
  ids: specOf([id]),
  // An input that is named like a part of the network.
  both: specOf([
    { ...id, input: 'bias' },
    ...dense,
    tags,
    { ...id, source: 'item:group', input: 'bias' } as Feature,
  ]),
};
const ITEMS = [
  { id: 'a', price: 120, tags: ['x', 'y'], group: 'c' },
  { id: 'b', price: 80 },
  { id: 'nobody knows', tags: ['x', 'z', 'y', 'x'], group: 'a' },
  { id: 'c', price: 5, tags: ['z'] },
];

describe.each(Object.keys(SPECS))('of %s', (name) => {
  const encoder = createFullEncoder(SPECS[name] as AnyFeatureSpec);
  const features = encoder.encode({ context: {} as never, profile: undefined, items: ITEMS, now: 0 });
  const feeds = modelInputs(encoder, features, ITEMS.length);
  const columns = networkColumns(encoder);
  const scale = Float32Array.from(columns.dense, (_, i) => (i === 0 ? 0.01 : 1));
  const list = { visitor: '', features, labels: ITEMS.map(() => 0), weight: 1 };
  const rows = networkRows(columns, encoder.width, scale, [list]);

  test.each(NETWORKS.flatMap((kind) => WEIGHT_FORMATS.map((format) => [kind, format] as const)))(
    '%s in %s scores as the trainer does, in @inkling/onnx and in onnxruntime',
    async (kind, format) => {
      const network = { kind, columns, hidden: [6, 4], factors: 3 };
      const weights = shaken(createNetwork(network, `${name} ${kind}`), columns);
      const graph = createOnnxGraph();
      const model = graph.finish(addNetwork(graph, { spec: network, weights, scale }, format), { a: 'b' });
      const expected = [...forward(network, roundWeights(weights, format), rows).scores];
      const { tier } = inspect(model);
      expect(tier).toBe(format === 'int8' ? 'full' : 'mlp');
      const session = await (tier === 'mlp' ? InferenceSession : FullSession).create(model);
      const ours = session.runSync(
        map(feeds, ({ type, data, dims }) => new Tensor(type as 'float32', data as Float32Array, dims)),
      );
      expectClose(ours.score?.data as Float32Array, expected);
      expect(session.metadata).toEqual({ a: 'b' });
      const ort = await OrtSession.create(model);
      const theirs = await ort.run(
        map(feeds, ({ type, data, dims }) => new OrtTensor(type as 'float32', data as Float32Array, dims)),
      );
      expectClose(theirs.score?.data as Float32Array, expected);
      expect(theirs.score?.dims).toEqual([ITEMS.length, 1]);
    },
  );
});

/** Lists of ten items that are chosen by price, by a tag and by what was bought where. */
function log(count: number): readonly LoggedList[] {
  const random = prng('written', 'log');
  const uniform = () => random() / 2 ** 32;
  return Array.from({ length: count }, (_, index) => {
    const form = uniform() < 0.5 ? ('phone' as const) : ('desktop' as const);
    const items = Array.from({ length: 10 }, () => ({
      id: 'abc'[random() % 3] as string,
      price: 10 + Math.round(uniform() * 90),
      tags: uniform() < 0.4 ? ['x'] : ['y'],
    }));
    const worth = items.map(
      ({ id, price, tags }) =>
        (form === 'phone' ? -1 : 1) * (price / 30) +
        Number(tags[0] === 'x') +
        Number(id === 'b') +
        uniform() * 2,
    );
    const labels = worth.map((value) => Number(value === Math.max(...worth)));
    return {
      kind: 'list',
      id: `${index}`,
      visitor: `v${index}`,
      at: index,
      context: { device: { form } },
      items,
      labels,
      propensity: 1,
    };
  });
}

test('int8 loses at most 0.002 of the MRR, in 0.6 of the bytes', async () => {
  const spec = specOf([...dense, id, tags]);
  const train = async (weights: 'float32' | 'int8') =>
    trainRanker(encodeLogInMemory(log(800), spec, { share: 0.3 }), spec, {
      model: 'deepfm',
      weights,
      epochs: 4,
      hidden: [32, 32],
    });
  const [whole, small] = [await train('float32'), await train('int8')];
  const mrr = ({ metrics }: typeof whole) => metrics.cases.ranker.mrr.value;
  expect(mrr(whole)).toBeGreaterThan(whole.metrics.cases.random.mrr.high + 0.1);
  expect(mrr(whole) - mrr(small)).toBeLessThan(0.002);
  // Its graph and metadata are not smaller.
  expect(small.model.length).toBeLessThan(0.6 * whole.model.length);
});

test('the model says what it is of', async () => {
  const lists = log(200);
  const train = (loss: 'listwise' | 'pointwise', output?: 'logit' | 'probability' | 'utility') =>
    trainRanker(encodeLogInMemory(lists, specOf(dense)), specOf(dense), {
      model: 'linear',
      epochs: 2,
      loss,
      ...(output && { output }),
    });
  const { model, metrics } = await train('listwise');
  const { metadata } = inspect(model);
  expect(metadata['inkling.output']).toBe('utility');
  expect(metadata['inkling.spec']).toMatch(/^[0-9a-f]{16}$/);
  const summary = JSON.parse(metadata['inkling.training'] ?? '');
  expect(summary).toEqual(metrics.training);
  const visitors = new Set(lists.map(({ visitor }) => visitor)).size;
  expect(summary).toMatchObject({ model: 'linear', loss: 'listwise', seed: 'inkling' });
  expect([1, 2]).toContain(summary.epochs);
  expect(summary.lists).toBe(metrics.trainedLists);
  expect(summary.lists + metrics.lists).toBe(visitors);
  expect(summary.data).toMatch(/^[0-9a-f]{64}$/);
  expect(summary.period[0] < summary.period[1]).toBe(true);
  const other = await trainRanker(encodeLogInMemory(lists.slice(1), specOf(dense)), specOf(dense), {
    model: 'linear',
    epochs: 1,
  });
  expect(other.metrics.training.data).not.toBe(summary.data);

  expect(inspect((await train('pointwise')).model).metadata['inkling.output']).toBe('logit');
  const probable = await InferenceSession.create((await train('pointwise', 'probability')).model);
  expect(probable.metadata['inkling.output']).toBe('probability');
  const features = new Tensor('float32', Float32Array.of(50, 1, 1, 0, 0), [1, 5]);
  const p = probable.runSync({ features }).score?.data[0] as number;
  expect(p).toBeGreaterThan(0);
  expect(p).toBeLessThan(1);
  await expect(train('listwise', 'probability')).rejects.toThrow(
    'options: --output: expected utility, which is what a listwise loss gives, found probability',
  );
});

/** Large enough that every part of a score counts; what stands for padding is 0, as training leaves it. */
function shaken(weights: Weights, { fields }: NetworkColumns): Weights {
  const padding = new Set(fields.flatMap((field) => (field.columns.length > 1 ? [field.offset] : [])));
  return mapWeights(weights, ({ values, columns }, name) =>
    values.map((value, i) => {
      const isPadding = /^id/.test(name) && padding.has(Math.floor(i / columns));
      return isPadding ? 0 : value + 0.3 * Math.sin(i + name.length);
    }),
  );
}

function expectClose(found: Float32Array, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((score, row) => {
    expect(Math.abs((found[row] as number) - score)).toBeLessThan(1e-5 * Math.max(1, Math.abs(score)));
  });
  expect(new Set(expected).size).toBeGreaterThan(1);
}

function map<A, B>(record: Readonly<Record<string, A>>, of: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));
}
