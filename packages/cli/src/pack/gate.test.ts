import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type GateEvaluation, type GateInput, gateFailures, passGates } from './gate.ts';

const bytes = new Uint8Array([1, 2, 3]);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const group = (value: string, lists: number, relative: number, error = 0.01) => ({
  ...{ value, lists },
  gap: { error, relative: { value: relative } },
});
const evaluation: GateEvaluation = {
  model: { sha256 },
  lists: 1000,
  sharedLists: 0,
  cases: {},
  lifts: { popularity: { mrr: { relative: { low: -0.009 } } } },
  groups: [{ column: 'device.form', groups: [group('phone', 600, -0.06), group('desktop', 400, 0.06)] }],
};
const input: GateInput = {
  model: { file: 'ranker.onnx', bytes, metadata: { 'inkling.training': '{"sensitive":["health"]}' } },
  evaluation,
  chosen: { sha256 },
  sensitive: ['health'],
};

test('a ranker that is measured, no worse than popularity and even to its groups passes', () => {
  expect(gateFailures(input)).toEqual([]);
  expect(passGates(input)).toEqual({ evaluation: 'passed' });
  expect(passGates(input, 'not needed')).toEqual({ evaluation: 'passed' });
});

test.each<[string, Partial<GateEvaluation>, string]>([
  ['too few lists', { lists: 999 }, '999 test lists, fewer than 1000'],
  [
    'a lift that may be a loss of 1%',
    { lifts: { popularity: { mrr: { relative: { low: -0.01 } } } } },
    'the lift over popularity may be -1.0%, not above -1.0%',
  ],
  ['no popularity', { lifts: {} }, 'no lift over popularity (inkling evaluate --popularity)'],
  ['another model', { model: { sha256: 'other' } }, 'the evaluation is of another model'],
  ['training lists in the test', { sharedLists: 7 }, '7 test lists stand in the training log'],
  [
    'a group that is shown to be served worse',
    { groups: [{ column: 'device.form', groups: [group('phone', 200, -0.1)] }] },
    'device.form phone is served 10.0% worse than the rest (p < 0.000001)',
  ],
])('refused: %s', (_, over, failure) => {
  expect(gateFailures({ ...input, evaluation: { ...evaluation, ...over } })).toEqual([failure]);
});

test('a group fails on the lower bound of its shortfall, not on a guess', () => {
  const of = (...groups: ReturnType<typeof group>[]) =>
    gateFailures({ ...input, evaluation: { ...evaluation, groups: [{ column: 'c', groups }] } }).length;
  // 10% less, give or take 1.96 times the error, against a limit of 5%.
  expect(of(group('x', 200, -0.1, 0.025))).toBe(1);
  expect(of(group('x', 200, -0.1, 0.026))).toBe(0);
  expect(of(group('x', 199, -0.5, 0.001))).toBe(0);
  // Among ten groups the same evidence is no longer enough.
  const others = Array.from({ length: 9 }, (_, index) => group(`g${index}`, 500, 0));
  expect(of(group('x', 200, -0.1, 0.025), ...others)).toBe(0);
  expect(of(group('x', 200, -0.1, 0.015), ...others)).toBe(1);
  // Without any doubt at all.
  expect(of(group('x', 200, -0.1, 0))).toBe(1);
});

test('limits may be others', () => {
  const limits = { minLists: 2000, minLift: 0, minGroupLists: 700, maxShortfall: 0.01 };
  expect(gateFailures({ ...input, limits })).toHaveLength(2);
  expect(gateFailures({ ...input, limits: { maxShortfall: 0.01 } })).toEqual([
    'device.form phone is served 6.0% worse than the rest (p < 0.000001)',
  ]);
});

test('what was chosen on validation is what ships', () => {
  expect(gateFailures({ ...input, chosen: { sha256: 'other' } })).toEqual([
    'the metrics name another model as chosen on validation',
  ]);
});

test.each([
  ['{"sensitive":["health"]}', 'faith'],
  ['{"lists":7}', 'health, faith'],
  ['no JSON', 'health, faith'],
  [undefined, 'health, faith'],
])('every sensitive tag must have been left out of the training: %s', (training, kept) => {
  const metadata = training === undefined ? {} : { 'inkling.training': training };
  expect(
    gateFailures({ ...input, model: { ...input.model, metadata }, sensitive: ['health', 'faith'] }),
  ).toEqual([`sensitive tags were not left out of the training: ${kept} (inkling train --sensitive)`]);
});

test('rules that nobody measured are unevaluated; a ranker that learnt needs an evaluation', () => {
  const { evaluation: _, ...unmeasured } = input;
  const model = {
    ...input.model,
    metadata: { 'inkling.rules': '[]', 'inkling.training': '{"rules":0,"lists":0}' },
  };
  expect(passGates({ ...unmeasured, model })).toEqual({ evaluation: 'unevaluated' });
  expect(passGates({ ...input, model })).toEqual({ evaluation: 'passed' });
  const learnt = { 'inkling.rules': '[]', 'inkling.training': '{"lists":9,"sensitive":["health"]}' };
  expect(() => passGates({ ...unmeasured, model: { ...input.model, metadata: learnt } })).toThrow(
    'found no evaluation on test lists',
  );
  expect(() => passGates(unmeasured)).toThrow(
    'ranker.onnx: expected a ranker that passes every gate, or --accept-risk "why", found no evaluation on test lists',
  );
  expect(passGates(unmeasured, 'A week of trial.')).toEqual({
    evaluation: 'refused',
    acceptedRisk: { why: 'A week of trial.', failures: ['no evaluation on test lists (--evaluation)'] },
  });
});
