import { type DecideRequest, decide, type Item, type Scorer } from '@inkling/core';
import { InferenceSession as Full } from '@inkling/onnx/full';
import { createLeanSession } from '@inkling/onnx/lean';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStepDecider } from '../../packages/client/src/decide-in-steps.ts';
import { encoder, request } from '../core/arbitrary-decision.ts';
import { propertyRuns } from '../core/property-runs.ts';
import { buildModel, float32 } from '../onnx/model-builder.ts';
import { createRandom } from '../onnx/random.ts';

const { width } = encoder;
const { floats } = createRandom(7);
const perceptron = (last: string) =>
  buildModel({
    inputs: [{ name: 'features', dims: ['N', width] }],
    initializers: {
      w: float32([width, 33], floats(33 * width)),
      b: float32([33], floats(33)),
      v: float32([33, 1], floats(33)),
    },
    nodes: [
      { op: 'Gemm', inputs: ['features', 'w', 'b'], outputs: ['hidden'] },
      { op: 'Tanh', inputs: ['hidden'], outputs: ['bent'] },
      { op: 'MatMul', inputs: ['bent', 'v'], outputs: ['sum'] },
      { op: last, inputs: ['sum'], outputs: ['score'] },
    ],
    outputs: [{ name: 'score' }],
  });
const scorerOf =
  ({ runSync }: Pick<Awaited<ReturnType<typeof Full.create>>, 'runSync'>): Scorer =>
  (data, rows) =>
    runSync({ features: { type: 'float32', data, dims: [rows, width] } }).score?.data as Float32Array;
const engines: readonly Scorer[] = [
  scorerOf(createLeanSession(perceptron('Sigmoid'))),
  scorerOf(createLeanSession(perceptron('Sigmoid'), { backend: 'js' })),
  scorerOf(await Full.create(perceptron('Softplus'))),
  scorerOf(await Full.create(perceptron('Softplus'), { backend: 'js' })),
];

/** Decides in steps by a clock that only scoring moves. */
async function inSteps(given: DecideRequest, rowMs: (row: number) => number, isLate = () => false) {
  let time = 0;
  let row = 0;
  let step = 0;
  const steps: number[] = [];
  const decideInSteps = createStepDecider({
    decide,
    now: () => time,
    async pause() {
      steps.push(step);
      step = 0;
    },
    score(features, rows) {
      for (const end = row + rows; row < end; row++) {
        time += rowMs(row);
        step += rowMs(row);
      }
      return (given.scorer as Scorer)(features, rows);
    },
  });
  return { decision: await decideInSteps(given, isLate), steps: [...steps, step], rows: row };
}

/** The same request for more items than one step takes. */
const many = fc
  .tuple(request, fc.integer({ min: 1, max: 20 }), fc.constantFrom(...engines))
  .map(([given, times, scorer]): DecideRequest => {
    const items: readonly Item[] = Array.from({ length: times }, (_, i) =>
      given.candidates.map(({ item }) => ({ ...item, id: `${item.id} ${i}` })),
    ).flat();
    return {
      ...given,
      scorer,
      candidates: items.map((item) => ({ item, source: 'authored' })),
      authored: items.map(({ id }) => id),
    };
  });

test('in steps of any size the same is decided, to the bit, by every engine', async () => {
  let paused = 0;
  await fc.assert(
    fc.asyncProperty(
      many,
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
      async (given, costs) => {
        const whole = decide(given);
        const { decision, steps, rows } = await inSteps(given, (row) => costs[row % costs.length] as number);
        expect(decision).toEqual(whole);
        expect(rows).toBe(given.candidates.length);
        paused += steps.length - 1;
      },
    ),
    propertyRuns(0.25),
  );
  expect(paused).toBeGreaterThan(100);
});

test('a model that costs no more than 8 ms is asked without a pause; of a dear one each step costs about as much', async () => {
  await fc.assert(
    fc.asyncProperty(many, fc.integer({ min: 1, max: 40 }), async (given, halves) => {
      const rowMs = halves / 2;
      const { steps } = await inSteps(given, () => rowMs);
      if (given.candidates.length * rowMs <= 8) expect(steps).toHaveLength(1);
      // The first step is of four rows, whatever they cost.
      expect(steps[0]).toBeLessThanOrEqual(Math.max(8, 4 * rowMs) + 1e-6);
      for (const cost of steps.slice(1)) expect(cost).toBeLessThanOrEqual(Math.max(8, rowMs) + 1e-6);
    }),
    propertyRuns(0.25),
  );
});

test('when it is late after a pause nothing more is scored, and nothing is decided', async () => {
  const [given] = fc.sample(
    many.filter(({ candidates }) => candidates.length > 12),
    1,
  );
  let asked = 0;
  const isLate = () => ++asked === 2;
  const { decision, rows } = await inSteps(given as DecideRequest, () => 5, isLate);
  expect([decision, asked, rows]).toEqual([undefined, 2, 5]);
});

test.each<[string, Scorer]>([
  [
    'throws',
    () => {
      throw new Error('no such model');
    },
  ],
  ['gives too few scores', () => [1]],
  ['gives what is no number', (_, rows) => new Float32Array(rows).fill(Number.NaN)],
])('a model that %s is the same diagnostic, and popularity decides', async (_, scorer) => {
  const [given] = fc.sample(
    many.filter(({ candidates }) => candidates.length > 1),
    1,
  );
  const failing = { ...(given as DecideRequest), scorer };
  const { decision } = await inSteps(failing, () => 1);
  const codes = decision?.diagnostics.map(({ code, stage }) => [code, stage]);
  expect(codes).toEqual(decide(failing).diagnostics.map(({ code, stage }) => [code, stage]));
  expect(codes).toContainEqual(['E_MODEL', 'score']);
  expect(decision?.slate).toEqual(decide(failing).slate);
});
