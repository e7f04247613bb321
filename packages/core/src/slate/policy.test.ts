import { expect, test } from 'vitest';
import { prng } from '../prng.ts';
import { choose, WHOLE } from './policy.ts';

test('greedy takes the best with certainty', () => {
  expect(choose({ type: 'greedy' }, [2, 0, 1], prng('s', 'l'))).toEqual({
    index: 2,
    propensity: 1,
    explored: false,
  });
});

test('epsilon: the recorded propensity is the share of all 2^24 coins that give the item', () => {
  const policy = { type: 'epsilon', epsilon: 0.3, top: 3 } as const;
  const order = [4, 2, 0, 1, 3];
  const counts = new Map<number, number>();
  const propensities = new Map<number, number>();
  for (let coin = 0; coin < WHOLE; coin += 64) {
    const { index, propensity } = choose(policy, order, () => coin << 8);
    counts.set(index, (counts.get(index) ?? 0) + 1);
    propensities.set(index, propensity);
  }
  expect([...counts.keys()].sort()).toEqual([0, 2, 4]);
  expect([...propensities.values()].reduce((a, b) => a + b)).toBe(1);
  for (const [index, count] of counts) {
    expect(Math.abs(count / (WHOLE / 64) - (propensities.get(index) as number))).toBeLessThan(1e-5);
  }
  expect(propensities.get(4)).toBeCloseTo(0.8, 6);
});

test('epsilon 0 is greedy; one arm is certain', () => {
  const never = choose({ type: 'epsilon', epsilon: 0 }, [1, 0], () => 0);
  expect(never).toEqual({ index: 1, propensity: 1, explored: false });
  expect(choose({ type: 'epsilon', epsilon: 1 }, [7], () => 0xffffffff).propensity).toBe(1);
});
