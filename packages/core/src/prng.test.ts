import { expect, test } from 'vitest';
import { digest, prng } from './prng.ts';

const take = (seed: string, label: string) => {
  const next = prng(seed, label);
  return Array.from({ length: 4 }, next);
};

test('the streams are the committed ones', () => {
  expect(take('visit', 'grid')).toMatchInlineSnapshot(`
    [
      1881951198,
      2474882015,
      1660744880,
      3931780886,
    ]
  `);
  expect(take('visit', 'hero')).toMatchInlineSnapshot(`
    [
      344788421,
      2012120858,
      3906707974,
      881479981,
    ]
  `);
  expect(digest('visit')).toMatchInlineSnapshot(`"5ea70239aa9fcd1b"`);
});

test('uniform: 64 cells of 64,000 draws stay within chi-square bounds', () => {
  const next = prng('uniform', 'cells');
  const counts = new Array<number>(64).fill(0);
  for (let i = 0; i < 64_000; i++) {
    const cell = next() >>> 26;
    counts[cell] = (counts[cell] as number) + 1;
  }
  const chiSquare = counts.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(110); // 63 degrees of freedom: p < 0.0003 beyond
});
