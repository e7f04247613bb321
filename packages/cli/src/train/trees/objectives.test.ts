import { expect, test } from 'vitest';
import type { LossName } from '../losses.ts';
import { OBJECTIVES } from './objectives.ts';

const scores = Float64Array.of(0.3, -1.2, 0.8, 0);
const labels = Uint8Array.of(0, 1, 0, 1);

function derive(objective: LossName, at: Float64Array, weight = 1) {
  const out = { gradient: new Float64Array(at.length), hessian: new Float64Array(at.length) };
  OBJECTIVES[objective](at, labels, weight, out, 0);
  return out;
}

const LOSSES = {
  pointwise: (at: Float64Array) =>
    at.reduce((sum, score, i) => sum + Math.log1p(Math.exp(labels[i] ? -score : score)), 0),
  listwise(at: Float64Array) {
    const total = at.reduce((sum, score) => sum + Math.exp(score), 0);
    return at.reduce((sum, score, i) => sum - ((labels[i] as number) / 2) * (score - Math.log(total)), 0);
  },
} as const;

test.each(['pointwise', 'listwise'] as const)(
  '%s: the derivatives are the slopes of the loss',
  (objective) => {
    const { gradient, hessian } = derive(objective, scores);
    const step = 1e-4;
    const moved = (i: number, by: number) => scores.map((score, j) => score + (i === j ? by : 0));
    scores.forEach((_, i) => {
      const [more, less] = [moved(i, step), moved(i, -step)].map(LOSSES[objective]) as [number, number];
      expect(gradient[i]).toBeCloseTo((more - less) / (2 * step), 7);
      const slope = derive(objective, moved(i, step)).gradient[i] as number;
      expect(hessian[i]).toBeCloseTo((slope - (gradient[i] as number)) / step, 4);
    });
  },
);

test('pairwise: one pair by hand, with what exchanging the two changes in NDCG', () => {
  const out = { gradient: new Float64Array(3), hessian: new Float64Array(3) };
  // Ranks: the second is first, the chosen one second, the third third. NDCG of the chosen one: 1 / log₂ 3.
  OBJECTIVES.pairwise(Float64Array.of(1, 2, 0), Uint8Array.of(1, 0, 0), 2, out, 0);
  const above = 2 * (1 - 1 / Math.log2(3)) * (1 / (1 + Math.exp(-1)));
  const below = 2 * (1 / Math.log2(3) - 1 / 2) * (1 / (1 + Math.exp(1)));
  [-above - below, above, below].forEach((slope, i) => {
    expect(out.gradient[i]).toBeCloseTo(slope, 12);
  });
  expect(out.hessian[1]).toBeCloseTo(above / (1 + Math.exp(1)), 12);
});

test.each(['pointwise', 'pairwise', 'listwise'] as const)('%s: a weight multiplies', (objective) => {
  const [one, three] = [derive(objective, scores), derive(objective, scores, 3)];
  scores.forEach((_, i) => {
    // Row by row, what was not chosen was no rarer for it.
    const times = objective === 'pointwise' && labels[i] === 0 ? 1 : 3;
    expect(three.gradient[i]).toBeCloseTo(times * (one.gradient[i] as number), 12);
    expect(three.hessian[i]).toBeCloseTo(times * (one.hessian[i] as number), 12);
  });
});

test.each(['pairwise', 'listwise'] as const)('%s: a list without a choice teaches nothing', (objective) => {
  const out = { gradient: new Float64Array(2), hessian: new Float64Array(2) };
  OBJECTIVES[objective](Float64Array.of(1, 2), Uint8Array.of(0, 0), 1, out, 0);
  expect([...out.gradient, ...out.hessian]).toEqual([0, 0, 0, 0]);
});
