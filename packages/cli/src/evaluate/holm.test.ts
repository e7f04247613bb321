import { errorFunction } from 'simple-statistics';
import { expect, test } from 'vitest';
import { holm } from './holm.ts';
import { normalTail } from './normal-tail.ts';

test('each p-value times how many are left, never below one before it, at most 1', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((expected, index) => {
    expect(adjusted[index]).toBeCloseTo(expected, 12);
  });
  expect(holm([0.6, 0.5])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

test('the tail of the normal distribution', () => {
  for (let z = -5; z <= 5; z += 0.1) {
    expect(normalTail(z)).toBeCloseTo((1 - errorFunction(z / Math.SQRT2)) / 2, 6);
  }
  // Abramowitz and Stegun, table 26.1.
  expect(normalTail(1.96)).toBeCloseTo(0.0249978951, 6);
});
