import { expect, test } from 'vitest';
import { logit } from '../math.ts';
import type { AdaptSpec } from './adapt-spec.ts';
import { createAdapter } from './create-adapter.ts';
import type { Posterior } from './posterior.ts';

const spec: AdaptSpec = { columns: [2, 0], names: ['a', 'b'], priorDeviation: 1, forgetting: 1 };
const posterior: Posterior = { names: ['a', 'b'], mean: [1, -2], factor: [0.5, 0.3, 0.4] };
// Rows of three columns; the weights belong to the third and the first.
const features = Float32Array.of(1, 9, 0, 0, 9, 1, 0, 9, 0);

test('weights are added to logits and utilities; to probabilities on the scale of their logit', () => {
  const adapter = createAdapter(spec, 'logit');
  expect([...adapter.adapt(posterior, { ranked: Float32Array.of(5, 5, 5), features })]).toEqual([3, 6, 5]);
  const ranked = Float32Array.of(0.5, 1, Math.fround(0.3));
  const [down = 0, sure, same] = createAdapter(spec, 'probability').adapt(posterior, { ranked, features });
  expect(logit(down)).toBeCloseTo(-2, 6);
  expect([sure, same]).toEqual([1, ranked[2]]);
});

test('samples: the same seed and number give the same draw, and draws have the mean and the covariance', () => {
  const rows = { ranked: new Float32Array(3), features };
  const { sampleScores: sample } = createAdapter(spec, 'logit').forPolicies(posterior, rows);
  expect(sample('visit', 7)).toEqual(sample('visit', 7));
  expect(sample('visit', 7)).not.toEqual(sample('visit', 8));
  expect([...sample('visit', 0)]).toMatchInlineSnapshot(`
    [
      -1.995711088180542,
      0.7077091336250305,
      0,
    ]
  `);
  const n = 20_000;
  let [meanB, meanA, varianceA, covariance, varianceB] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [b = 0, a = 0, none] = sample('moments', i);
    expect(none).toBe(0);
    meanA += a / n;
    meanB += b / n;
    varianceA += (a - 1) ** 2 / n;
    varianceB += (b + 2) ** 2 / n;
    covariance += ((a - 1) * (b + 2)) / n;
  }
  expect([meanA, meanB].map((x) => Math.round(x * 50) / 50)).toEqual([1, -2]);
  expect(varianceA).toBeCloseTo(0.25, 1);
  expect(covariance).toBeCloseTo(0.15, 1);
  expect(varianceB).toBeCloseTo(0.25, 1);
  const [b = 0, a = 0] = sample('visit', 7);
  const [nearB = 0, nearA = 0] = sample('visit', 7, 0.25);
  expect([nearA - 1, nearB + 2]).toEqual([expect.closeTo((a - 1) / 4, 6), expect.closeTo((b + 2) / 4, 6)]);
});
