import { expect, test } from 'vitest';
import { adamStep, noMoments } from './adam.ts';
import { createNetwork, type NetworkSpec } from './network.ts';
import { type Weights, zeroWeights } from './weights.ts';

const spec: NetworkSpec = {
  kind: 'deepfm',
  columns: { dense: [0], fields: [{ input: 'id', columns: [1], offset: 0 }], tableRows: 3 },
  hidden: [2],
  factors: 2,
};
const still = { scale: 1, learningRate: 0.01, l2: 0, embeddingL2: 0 };

function sizeOf(weights: Weights, name: string): number {
  return weights[name]?.values.reduce((sum, value) => sum + value * value, 0) ?? Number.NaN;
}

test('without a gradient the penalty of embeddings moves what belongs to ids, and nothing else', () => {
  const weights = createNetwork(spec, 'a');
  weights.ids.values.fill(0.5);
  const before = createNetwork(spec, 'a');
  adamStep(weights, zeroWeights(weights), noMoments(weights), { ...still, embeddingL2: 1e-4 });
  // Adam divides by the size of the gradient: a first step is as long as the learning rate.
  expect(weights.ids.values[0]).toBeCloseTo(0.49, 3);
  expect(sizeOf(weights, 'idFactors')).toBeLessThan(sizeOf(before, 'idFactors'));
  for (const name of ['dense', 'denseFactors', 'weights1', 'bias1', 'weights2'])
    expect(weights[name], name).toEqual(before[name]);
});

test('an id that the steps meet is held against the penalty, one that they do not meet goes to 0', () => {
  const weights = createNetwork(spec, 'a');
  weights.ids.values.fill(0.5);
  let moments = noMoments(weights);
  for (let step = 0; step < 200; step++) {
    const gradient = zeroWeights(weights);
    // What pulls the first id to 1.
    gradient.ids.values[0] = (weights.ids.values[0] as number) - 1;
    moments = adamStep(weights, gradient, moments, { ...still, embeddingL2: 0.01 });
  }
  expect(weights.ids.values[0]).toBeGreaterThan(0.9);
  expect(Math.abs(weights.ids.values[1] as number)).toBeLessThan(0.05);
});
