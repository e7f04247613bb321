import { expect, test } from 'vitest';
import { exp, log, sigmoid } from './math.ts';
import { prng } from './prng.ts';

test('exp and log agree with the platform to the last bits', () => {
  const random = prng('math', 'values');
  for (let i = 0; i < 5000; i++) {
    const x = (random() / 2 ** 32) * 1400 - 700;
    expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-15 * 4);
    const y = random() / (1 + (random() >>> (i % 32)));
    expect(Math.abs(log(y) - Math.log(y))).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(Math.log(y))));
  }
});

test('edges', () => {
  expect([exp(0), exp(-Infinity), exp(Infinity), exp(NaN)]).toEqual([1, 0, Infinity, NaN]);
  expect([log(1), log(0), log(-1), log(Infinity), log(NaN)]).toEqual([0, -Infinity, NaN, Infinity, NaN]);
  expect([sigmoid(0), sigmoid(-1000), sigmoid(1000)]).toEqual([0.5, 0, 1]);
});
