import { type ModelOutput, prng } from '@inkling/core';
import { expect, test } from 'vitest';
import type { LoggedList } from '../log/log.ts';
import { createCalibration } from './calibration.ts';
import type { Prediction } from './predictions.ts';

/** Each of them a list of its own. */
const calibrate = (predictions: readonly Prediction[], output: ModelOutput) => {
  const calibration = createCalibration(output);
  for (const { score, chosen, visitor } of predictions) {
    const list: LoggedList = {
      ...{ kind: 'list', id: visitor, visitor, at: 0, context: {}, propensity: 1 },
      items: [{ id: 'a' }],
      labels: [chosen],
    };
    calibration.add(list, [score]);
  }
  return calibration.finish();
};
const one = (score: number, chosen: number, index: number): Prediction => ({
  score,
  chosen,
  visitor: `v${index}`,
});

test('two predictions, by hand: equal ones share a bin', async () => {
  const predictions = [0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8].map((score, index) =>
    one(score, Number([3, 4, 5].includes(index)), index),
  );
  const calibration = await calibrate(predictions, 'probability');
  if ('refused' in calibration) throw new Error(calibration.refused);
  expect(calibration.bins.map(({ items, observed }) => [items, observed.value])).toEqual([
    [4, 0.25],
    [4, 0.5],
  ]);
  // Half of the items 0.05 off, half 0.3.
  expect(calibration.ece).toBeCloseTo(0.175, 12);
});

test('a bin as large as three leaves seven for the rest', async () => {
  const scores = Array.from({ length: 100 }, (_, index) => (index < 30 ? 0.1 : index / 100));
  const calibration = await calibrate(
    scores.map((score, index) => one(score, 0, index)),
    'probability',
  );
  expect('bins' in calibration && calibration.bins.map(({ items }) => items)).toEqual([
    30,
    ...Array(7).fill(10),
  ]);
});

test('who chooses as predicted is nearly without error, and logits are turned into probabilities', async () => {
  const random = prng('calibration', 'world');
  const uniform = () => random() / 2 ** 32;
  const predictions = Array.from({ length: 5000 }, (_, index) => {
    const p = uniform();
    return one(Math.log(p / (1 - p)), Number(uniform() < p), index);
  });
  const calibration = await calibrate(predictions, 'logit');
  if ('refused' in calibration) throw new Error(calibration.refused);
  expect(calibration.of).toBe('sigmoid of logit');
  expect(calibration.ece).toBeLessThan(0.03);
  const holds = calibration.bins.filter(
    ({ predicted, observed: { low, high } }) => low < predicted && predicted < high,
  );
  // Of ten 95% intervals one may miss.
  expect(holds.length).toBeGreaterThanOrEqual(9);
  // Twice the logit is too sure of itself.
  const sure = await calibrate(
    predictions.map((entry) => ({ ...entry, score: 2 * entry.score })),
    'logit',
  );
  expect('ece' in sure && sure.ece).toBeGreaterThan(0.06);
});

test('a utility is refused, and so is a probability that is none', async () => {
  expect(await calibrate([one(0.5, 1, 0)], 'utility')).toMatchObject({
    refused: expect.stringMatching(/utility/),
  });
  expect(await calibrate([one(1.5, 1, 0)], 'probability')).toMatchObject({
    refused: expect.stringMatching(/1\.5/),
  });
});
