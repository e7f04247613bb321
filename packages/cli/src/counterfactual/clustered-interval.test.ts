import { expect, test } from 'vitest';
import { bootstrapMean } from '../evaluate/bootstrap.ts';
import { clusteredInterval } from './clustered-interval.ts';

const of = (values: readonly number[], visitors: readonly string[], level?: '95%' | '99.9%') => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const influence = Float64Array.from(values, (value) => value - mean);
  const names = [...new Set(visitors)];
  const clusters = { of: Int32Array.from(visitors, (name) => names.indexOf(name)), count: names.length };
  return clusteredInterval(mean, influence, clusters, level);
};
const each = (values: readonly number[]) => values.map((_, i) => `v${i}`);

test('without skewness the normal interval, by hand', () => {
  const values = [1, 2, 3, 4, 5];
  const half = 1.959964 * Math.sqrt(2.5 / 5);
  const { value, low, high } = of(values, each(values));
  expect([value, low, high]).toEqual([3, expect.closeTo(3 - half, 9), expect.closeTo(3 + half, 9)]);
  expect(of(values, each(values), '99.9%').high).toBeCloseTo(3 + (half * 3.290527) / 1.959964, 9);
});

test('copies of what a visitor did add no certainty', () => {
  const values = Array.from({ length: 60 }, (_, i) => (i * 7) % 10);
  const copied = of(
    values.flatMap((v) => [v, v, v, v]),
    each(values).flatMap((visitor) => [visitor, visitor, visitor, visitor]),
  );
  const alone = of(values, each(values));
  expect(copied.low).toBeCloseTo(alone.low, 12);
  expect(copied.high).toBeCloseTo(alone.high, 12);
});

test('visitors of unequal length: as the bootstrap over visitors has it', () => {
  const values = Array.from({ length: 900 }, (_, i) => (i * 37) % 11);
  const visitors = values.map((_, i) => `v${Math.floor(Math.sqrt(i * 60))}`);
  const resampled = bootstrapMean(values, visitors, { rounds: 4000 });
  const { low, high } = of(values, visitors);
  expect((high - low) / (resampled.high - resampled.low)).toBeCloseTo(1, 1);
});

test('ten rewards in ten thousand: longer above than below, near the exact interval of Poisson', () => {
  const values = Array.from({ length: 10_000 }, (_, i) => Number(i % 1000 === 0));
  const { low, high } = of(values, each(values));
  // Garwood's 95% interval for ten events is 4.80 to 18.39.
  expect(10_000 * low).toBeGreaterThan(4);
  expect(10_000 * low).toBeLessThan(6.5);
  expect(10_000 * high).toBeGreaterThan(17);
  expect(10_000 * high).toBeLessThan(21);
});
