import type { ExperimentSpec, SlotSpec } from '@inkling/core';
import { assign, assignAll, bucketOf, createAssignment, isCanary } from '@inkling/core/experiments';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import vectors from './growthbook-vectors.json' with { type: 'json' };
import { propertyRuns } from './property-runs.ts';

const UNITS = Array.from({ length: 10_000 }, (_, i) => `unit-${i}`);
const halves = [
  { id: 'a', weight: 0.5 },
  { id: 'b', weight: 0.5 },
];
const experiment = (id: string, change: Partial<ExperimentSpec> = {}): ExperimentSpec => ({
  id,
  variations: halves,
  ...change,
});
const variationOf = (spec: ExperimentSpec, unit: string) => assign(spec, unit).variation?.id;
const count = (fits: (unit: string) => boolean) => UNITS.filter(fits).length;
/** Of 10,000 units; 4 standard deviations of a binomial, so that one seed in 16,000 would be beyond. */
const near = (share: number) => 4 * Math.sqrt(10_000 * share * (1 - share));

test.each(vectors.hash)('the bucket of $value by $seed is the published one', ({ seed, value, bucket }) => {
  expect(bucketOf(seed, value)).toBe(bucket);
});

test.each(vectors.ranges)('weights $weights and coverage $coverage give the published ranges', (vector) => {
  const variations = vector.weights.map((weight, index) => ({ id: String(index), weight }));
  const spec = experiment('ranges', { variations, coverage: vector.coverage });
  for (const unit of UNITS.slice(0, 2000)) {
    const bucket = bucketOf('ranges', unit);
    const index = vector.ranges.findIndex(([from = 0, to = 0]) => bucket >= from && bucket < to);
    expect(variationOf(spec, unit)).toBe(index < 0 ? undefined : String(index));
  }
});

test('an assignment lasts; more coverage takes units in and moves none; another salt draws anew', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 5 }).map((parts) => {
    const sum = parts.reduce((a, b) => a + b);
    return parts.map((part, index) => ({ id: `v${index}`, weight: part / sum }));
  });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(weights, share, share, fc.string(), fc.string(), (variations, one, other, salt, unit) => {
      const [less, more] = one < other ? [one, other] : [other, one];
      const spec = (coverage: number) => experiment('e', { variations, coverage, salt });
      const before = variationOf(spec(less), unit);
      expect(variationOf(spec(less), unit)).toBe(before);
      if (before !== undefined) expect(variationOf(spec(more), unit)).toBe(before);
    }),
    propertyRuns(2),
  );
  const moved = count((unit) => variationOf(experiment('e'), unit) !== variationOf(experiment('f'), unit));
  expect(Math.abs(moved - 5000)).toBeLessThan(near(0.5));
});

test('shares are what the weights say', () => {
  const spec = experiment('shares', {
    variations: [
      { id: 'a', weight: 0.2 },
      { id: 'b', weight: 0.8 },
    ],
    coverage: 0.5,
  });
  const a = count((unit) => variationOf(spec, unit) === 'a');
  const b = count((unit) => variationOf(spec, unit) === 'b');
  expect(Math.abs(a - 1000)).toBeLessThan(near(0.1));
  expect(Math.abs(b - 4000)).toBeLessThan(near(0.4));
});

test('experiments of one layer whose ranges do not meet share no visitor; within, each is drawn for itself', () => {
  const first = experiment('first', { layer: { id: 'page', from: 0, to: 0.5 } });
  const second = experiment('second', { layer: { id: 'page', from: 0.5, to: 1 } });
  const free = experiment('free', { layer: { id: 'other', from: 0, to: 0.5 } });
  const isIn = (spec: ExperimentSpec, unit: string) => assign(spec, unit).reason === 'assigned';
  expect(count((unit) => isIn(first, unit) === isIn(second, unit))).toBe(0);
  // Layers are independent: half of those in one are in the other.
  expect(Math.abs(count((unit) => isIn(first, unit) && isIn(free, unit)) - 2500)).toBeLessThan(near(0.25));
  // So are a layer and what is drawn within it.
  const a = count((unit) => variationOf(first, unit) === 'a');
  expect(Math.abs(a - 2500)).toBeLessThan(near(0.25));
});

test('a holdout keeps the same visitors out of every experiment it contains, and of no other', () => {
  const holdouts = [{ id: 'winter', share: 0.2 }];
  const pack = {
    slots: [],
    holdouts,
    experiments: [
      experiment('one', { holdout: 'winter' }),
      experiment('two', { holdout: 'winter' }),
      experiment('free'),
    ],
  };
  const held = count((unit) => {
    const [one, two, free] = assignAll(pack, unit).map(({ reason }) => reason);
    expect(one).toBe(two);
    expect(free).toBe('assigned');
    return one === 'holdout';
  });
  expect(Math.abs(held - 2000)).toBeLessThan(near(0.2));
});

test('a variation’s slots stand in for the pack’s; of two for one slot the first experiment’s', () => {
  const slot = (id: string, k: number): SlotSpec => ({
    id,
    kind: 'order',
    k,
    decide: 'client',
    policy: { type: 'greedy' },
    rules: [],
  });
  const all = (id: string, slots: readonly SlotSpec[]) =>
    experiment(id, { variations: [{ id: 'only', weight: 1, slots }] });
  const slots = [slot('grid', 1), slot('hero', 1)];
  const experiments = [all('one', [slot('grid', 2)]), all('two', [slot('grid', 3), slot('elsewhere', 3)])];
  const assigned = createAssignment({ slots, experiments });
  expect(assigned('unit').map(({ id, k }) => [id, k])).toEqual([
    ['grid', 2],
    ['hero', 1],
  ]);
  expect(assigned('unit')).toBe(assigned('unit'));
  expect(createAssignment({ slots })('unit')).toEqual(slots);
});

test('a canary gets its share, and another draw with another pack', () => {
  const canary = { path: 'next/pack.json', share: 0.05 };
  expect(Math.abs(count((unit) => isCanary(canary, unit)) - 500)).toBeLessThan(near(0.05));
  const both = count(
    (unit) => isCanary(canary, unit) && isCanary({ ...canary, path: 'last/pack.json' }, unit),
  );
  expect(Math.abs(both - 25)).toBeLessThan(near(0.0025));
  expect(count((unit) => isCanary({ ...canary, share: 0 }, unit))).toBe(0);
});
