import { expect, test } from 'vitest';
import { estimateValue } from './estimators.ts';
import { modelRewards } from './reward-model.ts';
import type { Round } from './round.ts';
import { tableOf } from './round-table.ts';

const round = (over: Partial<Round>): Round => ({
  visitor: 'v',
  reward: 0,
  logged: 1,
  target: 1,
  features: Float64Array.of(),
  expected: Float64Array.of(),
  unsupported: 0,
  unexplored: 0,
  ...over,
});

test('four rounds by hand', () => {
  const rounds = [
    round({ visitor: 'a', logged: 0.5, target: 0.25, reward: 1 }),
    round({ visitor: 'b', logged: 0.5, target: 0.75, reward: 0 }),
    round({ visitor: 'c', logged: 0.1, target: 0.4, reward: 1 }),
    round({ visitor: 'd', logged: 0.4, target: 0, reward: 1 }),
  ];
  // Weights ½, 1½, 4 and 0.
  const { ips, snips } = estimateValue(rounds);
  expect(ips.value).toBeCloseTo((0.5 + 4) / 4, 12);
  expect(snips.value).toBeCloseTo(4.5 / 6, 12);
  const clipped = estimateValue(rounds, { clip: 2 });
  expect(clipped.ips.value).toBeCloseTo((0.5 + 2) / 4, 12);
  expect(clipped.snips.value).toBeCloseTo(2.5 / 4, 12);
});

const rounds = Array.from({ length: 60 }, (_, i) => {
  const action = (i * i) % 3;
  const target = [0.2, 0.7, 0.1];
  const oneHot = (at: number) => Float64Array.from([0, 1, 2], (j) => Number(j === at));
  return round({
    visitor: `v${i % 25}`,
    reward: Number((i * 7) % 5 < action + 1),
    logged: [0.5, 0.2, 0.3][action] as number,
    target: target[action] as number,
    features: oneHot(action),
    expected: Float64Array.from(target),
  });
});

test('the family of doubly robust estimators, from its parts', () => {
  const { logged, expected } = modelRewards(tableOf(rounds));
  const by = (shrink: (weight: number) => number) =>
    rounds.reduce(
      (sum, { target, logged: p, reward }, i) =>
        sum + (expected[i] as number) + shrink(target / p) * (reward - (logged[i] as number)),
      0,
    ) / rounds.length;
  const value = estimateValue(rounds, { threshold: 2, clip: 3 });
  expect(value.dm.value).toBeCloseTo(
    by(() => 0),
    12,
  );
  expect(value.dr.value).toBeCloseTo(
    by((w) => Math.min(w, 3)),
    12,
  );
  expect(value['switch-dr'].value).toBeCloseTo(
    by((w) => (w > 2 ? 0 : w)),
    12,
  );
  expect(value.dros.value).toBeCloseTo(
    by((w) => (4 * w) / (w * w + 4)),
    12,
  );
});

/** Forty weights of 50 among 360 of 0.1, for a model that knows the mean alone. */
const rare = (reward: (i: number) => number) =>
  Array.from({ length: 400 }, (_, i) =>
    round({
      visitor: `v${i}`,
      reward: reward(i),
      logged: i < 40 ? 0.02 : 1,
      target: i < 40 ? 1 : 0.1,
    }),
  );

test('without a threshold neither shrinks what the rewards hang on', () => {
  const { dr, 'switch-dr': switched, dros } = estimateValue(rare((i) => Number(i < 40)));
  expect(switched).toEqual(dr);
  expect(dros).toEqual(dr);
});

test('a threshold is found where it spares more than it costs: residuals that cancel', () => {
  const width = ({ low, high }: { low: number; high: number }) => high - low;
  const { dr, dros } = estimateValue(rare((i) => i % 2));
  expect(width(dros)).toBeLessThan(0.7 * width(dr));
});

test('the model counts for what each round moves it: exactly, since it is linear in the rewards', () => {
  const model = modelRewards(tableOf(rounds));
  const bump = (i: number) =>
    rounds.map((each, j) => (i === j ? { ...each, reward: each.reward + 1 } : each));
  const zero = model.leverage(new Float64Array(rounds.length));
  const weights = Float64Array.from(rounds, ({ target, logged }) => target / logged);
  const full = model.leverage(weights);
  const before = estimateValue(rounds);
  for (const i of [0, 17, 59]) {
    const after = estimateValue(bump(i));
    expect((after.dm.value - before.dm.value) * rounds.length).toBeCloseTo(zero[i] as number, 9);
    const own = weights[i] as number;
    expect((after.dr.value - before.dr.value) * rounds.length).toBeCloseTo(own + (full[i] as number), 9);
  }
});

test('no visitor’s reward enters what the model says of that visitor', () => {
  const mine = rounds.flatMap(({ visitor }, i) => (visitor === 'v3' ? [i] : []));
  const otherwise = rounds.map((each) =>
    each.visitor === 'v3' ? { ...each, reward: 1 - each.reward } : each,
  );
  const before = modelRewards(tableOf(rounds));
  const after = modelRewards(tableOf(otherwise));
  for (const i of mine) {
    expect(after.logged[i]).toBe(before.logged[i]);
    expect(after.expected[i]).toBe(before.expected[i]);
  }
  expect(after.logged).not.toEqual(before.logged);
});

test('enumerated over every log of a small world, IPS and DR have the true value as their mean', () => {
  const contexts = [0.3, 0.7];
  const logging = [
    [0.5, 0.3, 0.2],
    [0.1, 0.6, 0.3],
  ];
  const target = [
    [0.2, 0.2, 0.6],
    [0.7, 0.3, 0],
  ];
  const reward = [
    [0.1, 0.4, 0.9],
    [0.8, 0.3, 0.5],
  ];
  const at = (table: readonly (readonly number[])[], x: number, a: number) => table[x]?.[a] as number;
  const outcomes = [0, 1].flatMap((x) =>
    [0, 1, 2].flatMap((a) =>
      [0, 1].map((r) => ({
        probability:
          (contexts[x] as number) * at(logging, x, a) * (r ? at(reward, x, a) : 1 - at(reward, x, a)),
        made: (visitor: string) =>
          round({
            visitor,
            reward: r,
            logged: at(logging, x, a),
            target: at(target, x, a),
            // The model does not know the context, so it is wrong.
            features: Float64Array.from([0, 1, 2], (j) => Number(j === a)),
            expected: Float64Array.from(target[x] as number[]),
          }),
      })),
    ),
  );
  const truth = [0, 1].reduce(
    (sum, x) =>
      sum + (contexts[x] as number) * [0, 1, 2].reduce((s, a) => s + at(target, x, a) * at(reward, x, a), 0),
    0,
  );
  const means = { ips: 0, dr: 0, dm: 0, whole: 0 };
  for (const first of outcomes) {
    for (const second of outcomes) {
      for (const third of outcomes) {
        const probability = first.probability * second.probability * third.probability;
        const value = estimateValue([first.made('x'), second.made('y'), third.made('z')]);
        means.whole += probability;
        means.ips += probability * value.ips.value;
        means.dr += probability * value.dr.value;
        means.dm += probability * value.dm.value;
      }
    }
  }
  expect(means.whole).toBeCloseTo(1, 12);
  expect(means.ips).toBeCloseTo(truth, 12);
  expect(means.dr).toBeCloseTo(truth, 12);
  expect(Math.abs(means.dm - truth)).toBeGreaterThan(0.05);
});
