import { expect, test } from 'vitest';
import { signFlip } from './sign-flip.ts';

const differences = [0.5, -0.1, 0.3, 0.2, 0.25, -0.05, 0.4, 0.1, 0.15, -0.2];

test('p is the share of all ways to flip that give so large a sum', () => {
  const visitors = differences.map((_, index) => `v${index}`);
  const observed = Math.abs(differences.reduce((a, b) => a + b));
  let asLarge = 0;
  for (let signs = 0; signs < 1024; signs++) {
    const sum = differences.reduce((total, value, bit) => total + ((signs >> bit) & 1 ? value : -value), 0);
    if (Math.abs(sum) >= observed - 1e-9) asLarge++;
  }
  expect(signFlip(differences, visitors, { rounds: 20_000 })).toBeCloseTo(asLarge / 1024, 2);
});

test('the lists of a visitor flip together: ten of one visitor prove nothing', () => {
  expect(
    signFlip(
      differences.map(() => 1),
      differences.map(() => 'v'),
    ),
  ).toBe(1);
});

test('no difference at all is no finding', () => {
  expect(signFlip([0, 0, 0], ['a', 'b', 'c'])).toBe(1);
});
