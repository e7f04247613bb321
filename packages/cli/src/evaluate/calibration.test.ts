import { prng } from '@inkling/core';
import { expect, test } from 'vitest';
import { calibrate, type Prediction } from './calibration.ts';

const one = (score: number, chosen: number, index: number): Prediction => ({
  score,
  chosen,
  visitor: `v${index}`,
});

test('two predictions, by hand: equal ones share a bin', () => {
  const predictions = [0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8].map((score, index) =>
    one(score, Number([3, 4, 5].includes(index)), index),
  );
  const calibration = calibrate(predictions, 'probability');
  if ('refused' in calibration) throw new Error(calibration.refused);
  expect(calibration.bins.map(({ items, observed }) => [items, observed.value])).toEqual([
    [4, 0.25],
    [4, 0.5],
  ]);
  // Half of the items 0.05 off, half 0.3.
  expect(calibration.ece).toBeCloseTo(0.175, 12);
});

test('a bin as large as three leaves seven for the rest', () => {
  const scores = Array.from({ length: 100 }, (_, index) => (index < 30 ? 0.1 : index / 100));
  const calibration = calibrate(
    scores.map((score, index) => one(score, 0, index)),
    'probability',
  );
  expect('bins' in calibration && calibration.bins.map(({ items }) => items)).toEqual([
    30,
    ...Array(7).fill(10),
  ]);
});

test('who chooses as predicted is nearly without error, and logits are turned into probabilities', () => {
  const random = prng('calibration', 'world');
  const uniform = () => random() / 2 ** 32;
  const predictions = Array.from({ length: 5000 }, (_, index) => {
    const p = uniform();
    return one(Math.log(p / (1 - p)), Number(uniform() < p), index);
  });
  const calibration = calibrate(predictions, 'logit');
  if ('refused' in calibration) throw new Error(calibration.refused);
  expect(calibration.of).toBe('sigmoid of logit');
  expect(calibration.ece).toBeLessThan(0.03);
  const holds = calibration.bins.filter(
    ({ predicted, observed: { low, high } }) => low < predicted && predicted < high,
  );
  // Of ten 95% intervals one may miss.
  expect(holds.length).toBeGreaterThanOrEqual(9);
  // Twice the logit is too sure of itself.
  const sure = calibrate(
    predictions.map((entry) => ({ ...entry, score: 2 * entry.score })),
    'logit',
  );
  expect('ece' in sure && sure.ece).toBeGreaterThan(0.06);
});

test('a utility is refused, and so is a probability that is none', () => {
  expect(calibrate([one(0.5, 1, 0)], 'utility')).toMatchObject({ refused: expect.stringMatching(/utility/) });
  expect(calibrate([one(1.5, 1, 0)], 'probability')).toMatchObject({
    refused: expect.stringMatching(/1\.5/),
  });
});
