import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyFeatureSpec } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { InferenceSession, Tensor } from '@inkling/onnx/full';
import { InferenceSession as OrtSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { EncodedList, EncodedLists } from '../../packages/cli/src/dataset/encoded-lists.ts';
import { fitRanker } from '../../packages/cli/src/index.ts';
import type { RankerOptions } from '../../packages/cli/src/train/ranker-options.ts';
import { createRandom } from '../onnx/random.ts';

const WIDTH = 3;
const ITEMS = 6;
const { floats, integer } = createRandom(7);
const words = { group: 'g', sentence: 'Because.' };
const encoder = createFullEncoder({
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: ['a', 'b', 'c'].map((name) => ({
    kind: 'number',
    source: `attribute:${name}`,
    indicator: false,
    ...words,
  })),
  phrases: {},
} as AnyFeatureSpec);

function listsOf(count: number): EncodedLists {
  const lists = Array.from({ length: count }, (_, i): EncodedList => {
    const features = floats(ITEMS * WIDTH);
    const worth = Array.from({ length: ITEMS }, (__, row) => (features[row * WIDTH] as number) + integer(2));
    const best = worth.indexOf(Math.max(...worth));
    return { visitor: `v${i}`, features, labels: worth.map((__, row) => Number(row === best)), weight: 1 };
  });
  return {
    width: WIDTH,
    count,
    async *batches(size) {
      for (let start = 0; start < count; start += size) yield lists.slice(start, start + size);
    },
  };
}

const data = {
  encoder,
  spec: '0123456789abcdef',
  train: listsOf(200),
  validation: listsOf(80),
  period: ['', ''] as const,
};
const SMALL = { hidden: [4], members: 2, epochs: 3, seed: 's' } as const;
const FEW = { leaves: 4, minChildWeight: 1, seed: 's' } as const;
const blend: RankerOptions = { ...SMALL, ...FEW, model: 'blend', trees: 12 };
const features = floats(50 * WIDTH);

async function scoresOf(model: Uint8Array): Promise<readonly number[]> {
  const session = await InferenceSession.create(model);
  const ours = session.runSync({ features: new Tensor('float32', features, [50, WIDTH]) }).score;
  const oracle = await OrtSession.create(model);
  const { score } = await oracle.run({ features: new OrtTensor('float32', features, [50, WIDTH]) });
  const found = Array.from(ours?.data as Float32Array);
  for (const [row, value] of found.entries()) expect(value).toBeCloseTo(Number(score?.data[row]), 5);
  return found;
}

test.each(['float32', 'int8'] as const)(
  'a blend in %s is the mean of its networks and its trees',
  async (weights) => {
    const fitted = await fitRanker(data, { ...blend, weights });
    const networks = await fitRanker(data, { ...SMALL, model: 'mlp', weights });
    const trees = await fitRanker(data, { ...FEW, model: 'trees', epochs: 12, learningRate: 0.12 });
    const [ours, theirs, others] = await Promise.all(
      [fitted, networks, trees].map(({ model }) => scoresOf(model)),
    );
    ours?.forEach((score, row) => {
      expect(score).toBeCloseTo(((theirs?.[row] as number) + (others?.[row] as number)) / 2, 5);
    });
    expect(fitted.parameters).toBe(networks.parameters + trees.parameters);
    const { validation, ...summary } = fitted.summary;
    expect(summary).toMatchObject({ model: 'blend', members: 2, trees: trees.summary.epochs });
    expect(summary.epochs).toBe(networks.summary.epochs);
    expect(validation?.loss).toBeLessThan(
      ((networks.summary.validation?.loss ?? 0) + (trees.summary.validation?.loss ?? 0)) / 2,
    );
  },
);

test('stopped before its trees, a blend is its networks so far; resumed, all of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'inkling-blend-'));
  const checkpoint = join(folder, 'checkpoint.bin');
  try {
    const whole = await fitRanker(data, blend);
    const stop = new AbortController();
    const onEpoch = () => stop.abort();
    const stopped = await fitRanker(data, { ...blend, checkpoint, onEpoch, signal: stop.signal });
    expect(stopped.isStopped).toBe(true);
    expect(stopped.summary).not.toHaveProperty('trees');
    const resumed = await fitRanker(data, { ...blend, checkpoint, isResuming: true });
    expect(resumed.model).toEqual(whole.model);
  } finally {
    await rm(folder, { recursive: true });
  }
});
