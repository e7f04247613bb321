import { expect, test } from 'vitest';
import { gaussians } from './gaussian.ts';
import { prng } from './prng.ts';

test('the stream is the committed one', () => {
  const next = gaussians(prng('gaussian', 'stream'));
  expect([next(), next(), next()]).toMatchInlineSnapshot(`
    [
      0.5324003723568758,
      1.1750224812848926,
      0.6751524689986677,
    ]
  `);
});

test('standard normal: moments, and shares within one, two and three deviations', () => {
  const next = gaussians(prng('gaussian', 'moments'));
  const n = 100_000;
  const draws = Array.from({ length: n }, next);
  const moment = (k: number) => draws.reduce((sum, z) => sum + z ** k, 0) / n;
  // Four standard errors of each.
  expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(n));
  expect(Math.abs(moment(2) - 1)).toBeLessThan((4 * Math.sqrt(2)) / Math.sqrt(n));
  expect(Math.abs(moment(4) - 3)).toBeLessThan((4 * Math.sqrt(96)) / Math.sqrt(n));
  for (const [within, share] of [
    [1, 0.682689],
    [2, 0.9545],
    [3, 0.9973],
  ] as const) {
    const found = draws.filter((z) => Math.abs(z) < within).length / n;
    expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / n));
  }
});
