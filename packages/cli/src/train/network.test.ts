import { expect, test } from 'vitest';
import { backward, copyNetwork, createNetwork, forward, type Layer } from './network.ts';

const ROWS = 3;

test('the gradient is the slope of the score, weight by weight', () => {
  const network = createNetwork(4, [5, 3], 'gradient');
  for (const layer of network)
    layer.bias.forEach((_, i) => {
      layer.bias[i] = 0.1 * (i + 1);
    });
  const features = Float32Array.from({ length: ROWS * 4 }, (_, i) => Math.sin(i + 1));
  const weights = [1, -2, 0.5];
  const total = (net: typeof network) => {
    const scores = forward(net, features, ROWS).at(-1) as Float32Array;
    return scores.reduce((sum, score, row) => sum + score * (weights[row] as number), 0);
  };
  const gradient = copyNetwork(network);
  for (const layer of gradient) {
    layer.weights.fill(0);
    layer.bias.fill(0);
  }
  backward(network, forward(network, features, ROWS), Float32Array.from(weights), gradient);
  // Small enough that no ReLU changes sides, large enough for f32.
  const step = 1e-3;
  for (const [depth, layer] of network.entries()) {
    for (const part of ['weights', 'bias'] as const) {
      for (let i = 0; i < layer[part].length; i++) {
        const at = (delta: number) => {
          const moved = copyNetwork(network);
          const values = (moved[depth] as Layer)[part];
          values[i] = (values[i] as number) + delta;
          return total(moved);
        };
        const slope = (at(step) - at(-step)) / (2 * step);
        expect(Math.abs(slope - ((gradient[depth] as Layer)[part][i] as number))).toBeLessThan(5e-3);
      }
    }
  }
});

test('the same seed gives the same weights, another seed others', () => {
  expect(createNetwork(3, [4], 'a')).toEqual(createNetwork(3, [4], 'a'));
  expect(createNetwork(3, [4], 'a')).not.toEqual(createNetwork(3, [4], 'b'));
});
