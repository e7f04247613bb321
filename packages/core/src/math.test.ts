import { expect, test } from 'vitest';
import { cos, exp, log, sigmoid, sin } from './math.ts';
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

test('sine and cosine agree with the platform to the last bits', () => {
  const random = prng('math', 'angles');
  for (let i = 0; i < 5000; i++) {
    const x = ((random() / 2 ** 32) * 2 - 1) * (i % 2 ? 10 : 1e6);
    expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThanOrEqual(3e-16);
    expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThanOrEqual(3e-16);
  }
  expect([sin(0), cos(0), cos(Math.PI), sin(NaN), cos(Infinity)]).toEqual([0, 1, -1, NaN, NaN]);
});

test('edges', () => {
  expect([exp(0), exp(-Infinity), exp(Infinity), exp(NaN)]).toEqual([1, 0, Infinity, NaN]);
  expect([log(1), log(0), log(-1), log(Infinity), log(NaN)]).toEqual([0, -Infinity, NaN, Infinity, NaN]);
  expect([sigmoid(0), sigmoid(-1000), sigmoid(1000)]).toEqual([0.5, 0, 1]);
});
