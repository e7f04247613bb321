import { expect, test } from 'vitest';
import { LOSSES, type LossName, lossOf } from './losses.ts';

const scores = Float32Array.of(0.5, -1, 2, 0);
const labels = [0, 1, 0, 1];
const evaluate = (name: LossName, of: Float32Array, weight = 1, derivative = new Float32Array(of.length)) =>
  lossOf[name].evaluate(of, labels, weight, derivative);

test.each(LOSSES)('%s: the derivative is the slope of the loss', (name) => {
  const derivative = new Float32Array(4);
  evaluate(name, scores, 2.5, derivative);
  scores.forEach((score, i) => {
    const at = (delta: number) => evaluate(name, scores.with(i, score + delta), 2.5);
    expect((at(1e-2) - at(-1e-2)) / 2e-2).toBeCloseTo(derivative[i] as number, 3);
  });
});

test('each loss is what its definition says', () => {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const softmax = (i: number) =>
    Math.exp(scores[i] as number) / scores.reduce((sum, s) => sum + Math.exp(s), 0);
  expect(evaluate('listwise', scores)).toBeCloseTo(-(Math.log(softmax(1)) + Math.log(softmax(3))) / 2, 6);
  const pairs = [-1 - 0.5, -1 - 2, 0 - 0.5, 0 - 2];
  expect(evaluate('pairwise', scores)).toBeCloseTo(
    -pairs.reduce((sum, x) => sum + Math.log(sigmoid(x)), 0) / 4,
    6,
  );
  const each = [1 - sigmoid(0.5), sigmoid(-1), 1 - sigmoid(2), sigmoid(0)];
  expect(evaluate('pointwise', scores)).toBeCloseTo(-each.reduce((sum, p) => sum + Math.log(p), 0), 6);
});

test('scores as large as floats are no reason for a loss that is no number', () => {
  const far = Float32Array.of(1e4, -1e4, 0, 0);
  for (const name of LOSSES) expect(Number.isFinite(evaluate(name, far))).toBe(true);
});

test('a list without a choice, or with nothing else, says nothing of an order', () => {
  const counts = (of: number[]) => LOSSES.map((name) => lossOf[name].countOf(of));
  expect(LOSSES).toEqual(['listwise', 'pairwise', 'pointwise']);
  expect(counts([0, 0])).toEqual([0, 0, 2]);
  expect(counts([1, 1])).toEqual([1, 0, 2]);
  expect(counts([1, 0])).toEqual([1, 1, 2]);
});
