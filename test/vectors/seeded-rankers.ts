import { type Feature, type FeatureSpec, prng } from '@inkling/core';
import { describe } from '@inkling/core/describe';
import { createFullEncoder, modelInputs } from '@inkling/core/full';
import { writeLayers } from '../../packages/cli/src/train/write-onnx.ts';
import { buildModel, float32 } from '../onnx/model-builder.ts';
import type { RankerVector } from './run-decision-vectors.ts';

const HIDDEN = 8;

const basic: readonly Feature[] = [
  {
    kind: 'one-hot',
    source: 'weather.condition',
    values: ['rain', 'snow', 'clear'],
    group: 'weather',
    sentence: 'It is {weather.condition} where you are.',
  },
  {
    kind: 'one-hot',
    source: 'device.form',
    values: ['phone', 'desktop'],
    group: 'device',
    sentence: 'You are on a {device.form}.',
  },
  {
    kind: 'multi-hot',
    source: 'item:tags',
    values: ['rain', 'coffee', 'gift'],
    group: 'item',
    sentence: 'It is made for {tags}.',
  },
  {
    kind: 'match',
    signal: 'time.season',
    source: 'attribute:season',
    group: 'season',
    sentence: 'It suits the season.',
  },
  { kind: 'number', source: 'affinity:mean', group: 'taste', sentence: 'You looked at {tags} lately.' },
  { kind: 'number', source: 'affinity:max', group: 'taste', sentence: 'You looked at {tags} lately.' },
  {
    kind: 'number',
    source: 'recent:views',
    transforms: [{ type: 'log1p' }],
    group: 'taste',
    sentence: 'You have seen it.',
  },
  {
    kind: 'number',
    source: 'attribute:popularity',
    transforms: [{ type: 'log1p' }],
    group: 'item',
    sentence: 'Many visitors chose it.',
  },
];

const full: readonly Feature[] = [
  ...basic,
  { kind: 'cyclic', source: 'time.hour', period: 24, group: 'time', sentence: 'It is that time of the day.' },
  {
    kind: 'cyclic',
    source: 'time.weekday',
    period: 7,
    group: 'time',
    sentence: 'It is that day of the week.',
  },
  {
    kind: 'bucketized',
    source: 'item:price',
    edges: [20, 50, 100],
    group: 'price',
    sentence: 'Its price fits.',
  },
  {
    kind: 'number',
    source: 'item:price',
    transforms: [{ type: 'log-ratio' }, { type: 'clip', min: -2, max: 2 }],
    group: 'price',
    sentence: 'Its price fits.',
  },
  {
    kind: 'number',
    source: 'last:minutes',
    transforms: [{ type: 'log1p' }, { type: 'standardize', mean: 3, std: 2.5 }],
    group: 'taste',
    sentence: 'You have seen it.',
  },
  {
    kind: 'cross',
    sources: ['weather.condition', 'item:tags'],
    values: [
      ['rain', 'snow'],
      ['rain', 'coffee'],
    ],
    group: 'weather and item',
    sentence: 'It goes with the weather.',
  },
  {
    kind: 'hashed',
    sources: ['geo.country', 'item:id'],
    buckets: 5,
    group: 'place',
    sentence: 'It is liked near you.',
  },
  {
    kind: 'embedding',
    source: 'item:id',
    vocabulary: ['cape', 'kettle', 'lamp'],
    input: 'item',
    group: 'item',
    sentence: 'Many visitors chose it.',
  },
];

function specOf(features: readonly Feature[]): FeatureSpec {
  const groups = [...new Set(features.map(({ group }) => group))];
  return {
    format: 2,
    groups: groups.map((id) => ({ id, sentence: `The ${id} played a part.` })),
    features,
    phrases: {
      'weather.condition': { rain: 'raining', snow: 'snowing' },
      tags: { rain: 'rainy days', coffee: 'coffee' },
    },
    halfLifeDays: 5,
  };
}

/** Uniform in ±scale. */
function weights(seed: string, length: number, scale: number): Float32Array {
  const random = prng(seed, 'weights');
  return Float32Array.from({ length }, () => (random() / 2 ** 31 - 1) * scale);
}

/** As `inkling train` writes one: features to logits. */
function denseModel(width: number): Uint8Array {
  const layer = (seed: string, rows: number, columns: number) => ({
    weights: { rows, columns, values: weights(seed, rows * columns, 1) },
    bias: { rows: 1, columns, values: weights(`${seed} bias`, columns, 0.2) },
  });
  return writeLayers([layer('first', width, HIDDEN), layer('second', HIDDEN, 1)], {});
}

/** As a data scientist may bring one: features and the item's embedding to probabilities. */
function embeddingModel(width: number): Uint8Array {
  const rows = 5;
  const columns = 4;
  const node = (op: string, inputs: string[], output: string, attributes = {}) => ({
    op,
    inputs,
    outputs: [output],
    attributes,
  });
  return buildModel({
    nodes: [
      node('Gather', ['table', 'item'], 'embedded'),
      node('Flatten', ['embedded'], 'flat'),
      node('Concat', ['features', 'flat'], 'all', { axis: 1 }),
      node('Gemm', ['all', 'w1', 'b1'], 'linear'),
      node('Tanh', ['linear'], 'hidden'),
      node('Gemm', ['hidden', 'w2', 'b2'], 'logit'),
      node('Sigmoid', ['logit'], 'score'),
    ],
    inputs: [
      { name: 'features', dims: ['N', width] },
      { name: 'item', type: 'int64', dims: ['N', 1] },
    ],
    outputs: [{ name: 'score' }],
    initializers: {
      table: float32([rows, columns], weights('table', rows * columns, 1)),
      w1: float32([width + columns, HIDDEN], weights('w1', (width + columns) * HIDDEN, 0.7)),
      b1: float32([HIDDEN], weights('b1', HIDDEN, 0.2)),
      w2: float32([HIDDEN, 1], weights('w2', HIDDEN, 1)),
      b2: float32([1], weights('b2', 1, 0.2)),
    },
  });
}

function rankerOf(
  spec: FeatureSpec,
  more: Pick<RankerVector, 'isBasic' | 'output'>,
  model: Uint8Array,
): RankerVector {
  const columns = describe(spec)
    .map(({ name }, column) => ({ name, column }))
    .filter(({ name }) => /^item:tags=|^weather.condition=rain$/.test(name));
  return {
    spec,
    ...more,
    model: Buffer.from(model).toString('base64'),
    adapt: {
      columns: columns.map(({ column }) => column),
      names: columns.map(({ name }) => name),
      priorDeviation: 0.5,
      forgetting: 0.99,
    },
  };
}

const [basicSpec, fullSpec] = [specOf(basic), specOf(full)];
const fullWidth = modelInputs(createFullEncoder(fullSpec), new Float32Array(0), 0).features?.dims[1] ?? 0;
const dense = denseModel(createFullEncoder(basicSpec).width);
/** Two models of seeded weights: one of a spec that the eager encoder knows, taken for logits and for utilities, one
 * of every kind of feature for probabilities. */
export const seededRankers = {
  logit: rankerOf(basicSpec, { isBasic: true, output: 'logit' }, dense),
  utility: rankerOf(basicSpec, { isBasic: true, output: 'utility' }, dense),
  probability: rankerOf(fullSpec, { isBasic: false, output: 'probability' }, embeddingModel(fullWidth)),
} satisfies Readonly<Record<string, RankerVector>>;
