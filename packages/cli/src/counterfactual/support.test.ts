import { expect, test } from 'vitest';
import type { Round } from './round.ts';
import { refusalsOf, supportOf } from './support.ts';
import { valuePolicy } from './value-policy.ts';

const NONE = Float64Array.of();

/** Rounds alternately with and without reward, weights as given. */
const roundsOf = (weights: readonly number[], over: Partial<Round> = {}): readonly Round[] =>
  weights.map((weight, i) => ({
    visitor: `v${i}`,
    reward: i % 2,
    logged: Math.min(1 / weight, 1),
    target: Math.min(weight, 1),
    features: NONE,
    expected: NONE,
    unsupported: 0,
    unexplored: 0,
    ...over,
  }));
const even = roundsOf(Array.from({ length: 400 }, (_, i) => (i % 4 < 2 ? 0.5 : 1.5)));
const codes = (rounds: readonly Round[]) => refusalsOf(supportOf(rounds)).map(({ code }) => code);

test('support by hand', () => {
  const { ess, rewards, maxWeight, meanWeight, rounds, visitors } = supportOf(roundsOf([4, 2, 0, 2]));
  expect(ess).toBeCloseTo(64 / 24, 12);
  expect(rewards).toBeCloseTo(16 / 8, 12);
  expect([maxWeight, meanWeight.value, rounds, visitors]).toEqual([4, 2, 4, 4]);
});

test('a log that says enough is not refused', () => {
  const { refusals, value } = valuePolicy(even);
  expect(refusals).toEqual([]);
  expect(value?.ips.value).toBeCloseTo(0.5, 12);
});

test('with a refusal there is no figure', () => {
  expect(valuePolicy(even.slice(0, 8))).not.toHaveProperty('value');
});

test('each reason to refuse, alone', () => {
  const cases: Readonly<Record<string, readonly Round[]>> = {
    unsupported: even.map((round) => ({ ...round, unsupported: 0.02 })),
    unexplored: even.map((round) => ({ ...round, unexplored: 0.02 })),
    // Weights of which a few outweigh all others are worth few rounds.
    ess: roundsOf([...Array(5000).fill(0.02), ...Array(90).fill(55)]),
    rewards: even.map((round, i) => ({ ...round, reward: Number(i % 100 === 0) })),
    visitors: even.map((round, i) => ({ ...round, visitor: `v${i % 40}` })),
    propensities: even.map((round) => ({ ...round, logged: round.logged / 1.5 })),
  };
  for (const [code, rounds] of Object.entries(cases)) expect(codes(rounds), code).toEqual([code]);
});

test('at the limits nothing is refused', () => {
  expect(codes(even.map((round) => ({ ...round, unsupported: 0.01, unexplored: 0.01 })))).toEqual([]);
  expect(codes(even.slice(0, 100))).not.toContain('visitors');
});

test('a target that the log never agrees with', () => {
  const never = even.map((round) => ({ ...round, target: 0 }));
  expect(codes(never)).toEqual(['ess', 'rewards', 'propensities']);
});
