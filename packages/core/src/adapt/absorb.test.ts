import { expect, test } from 'vitest';
import { sigmoid } from '../math.ts';
import { prng } from '../prng.ts';
import { absorb } from './absorb.ts';
import type { AdaptSpec } from './adapt-spec.ts';
import { type Belief, readBelief, writePosterior } from './belief.ts';
import { forget } from './forget.ts';
import { logisticEvidence } from './logistic-evidence.ts';

const D = 5;
const spec: AdaptSpec = {
  columns: [0, 1, 2, 3, 4],
  names: ['a', 'b', 'c', 'd', 'e'],
  priorDeviation: 0.8,
  forgetting: 0.9,
};

type Matrix = readonly (readonly number[])[];

/** The plain way, in precisions: P = Σ⁻¹ and the mean, by Gauss and Jordan. */
function inverse(matrix: Matrix): Matrix {
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => Number(i === j))]);
  for (const [k, pivotRow] of rows.entries()) {
    const pivot = pivotRow[k] as number;
    pivotRow.forEach((value, j) => {
      pivotRow[j] = value / pivot;
    });
    for (const [i, row] of rows.entries()) {
      const ratio = row[k] as number;
      if (i === k) continue;
      row.forEach((value, j) => {
        row[j] = value - ratio * (pivotRow[j] as number);
      });
    }
  }
  return rows.map((row) => row.slice(matrix.length));
}

function covarianceOf({ mean, factor }: Belief): Matrix {
  const d = mean.length;
  const entry = (i: number, j: number) => (j > i ? 0 : (factor[(i * (i + 1)) / 2 + j] as number));
  const indices = Array.from(mean, (_, i) => i);
  return indices.map((a) =>
    indices.map((b) =>
      Array.from({ length: d }, (_, j) => entry(a, j) * entry(b, j)).reduce((x, y) => x + y),
    ),
  );
}

function expectClose(found: Matrix, expected: Matrix): void {
  found.forEach((row, i) => {
    for (const [j, value] of row.entries()) expect(value).toBeCloseTo(expected[i]?.[j] as number, 9);
  });
}

test('absorbing and forgetting do what the plain formulas in precisions say', () => {
  const random = prng('absorb', 'test');
  const number = () => random() / 2 ** 31 - 1;
  const belief = readBelief(undefined, spec);
  const prior = 1 / spec.priorDeviation ** 2;
  let precision: Matrix = Array.from({ length: D }, (_, i) =>
    Array.from({ length: D }, (_, j) => (i === j ? prior : 0)),
  );
  for (let step = 0; step < 60; step++) {
    const meanBefore = [...belief.mean];
    const before = precision;
    forget(belief, spec);
    precision = precision.map((row, i) => row.map((p, j) => 0.9 * p + (i === j ? 0.1 * prior : 0)));
    expectClose(covarianceOf(belief), inverse(precision));
    // The mean that belongs to the mixed density: P m = 0.9 P_before m_before, as the prior's mean is 0.
    const right = before.map(
      (row) => 0.9 * row.reduce((sum, p, j) => sum + p * (meanBefore[j] as number), 0),
    );
    const mixed = precision.map((row) => row.reduce((sum, p, j) => sum + p * (belief.mean[j] as number), 0));
    expectClose([mixed], [right]);

    const x = Array.from({ length: D }, number);
    const offset = 2 * number();
    const success = step % 3 === 0;
    const old = [...belief.mean];
    absorb(belief, x, logisticEvidence(offset, success));
    const p = sigmoid(offset + x.reduce((sum, value, i) => sum + value * (belief.mean[i] as number), 0));
    // The mode: the gradient of log prior plus log likelihood is 0 there.
    const gradient = precision.map((row, i) => {
      const pull = row.reduce((sum, q, j) => sum + q * ((belief.mean[j] as number) - (old[j] as number)), 0);
      return pull - (x[i] as number) * (Number(success) - p);
    });
    expectClose([gradient], [new Array(D).fill(0)]);
    precision = precision.map((row, i) =>
      row.map((q, j) => q + p * (1 - p) * (x[i] as number) * (x[j] as number)),
    );
    expectClose(covarianceOf(belief), inverse(precision));
  }
});

test('what no reward touches goes back to the prior; forgetting 1 forgets nothing', () => {
  const belief = readBelief(undefined, spec);
  for (let i = 0; i < 20; i++) absorb(belief, [1, 1, 0, 0, 0], logisticEvidence(0, true));
  const learnt = [...belief.mean];
  forget(belief, { ...spec, forgetting: 1 });
  expect([...belief.mean]).toEqual(learnt);
  for (let i = 0; i < 300; i++) forget(belief, spec);
  expect(Math.abs(belief.mean[0] as number)).toBeLessThan(1e-9);
  expectClose(covarianceOf(belief), covarianceOf(readBelief(undefined, spec)));
});

test('seven digits are kept, and read back', () => {
  const belief = readBelief(undefined, spec);
  absorb(belief, [1, -1, 0.5, 0, 0], logisticEvidence(0.3, true));
  const posterior = writePosterior(belief, spec);
  const again = readBelief(posterior, spec);
  again.mean.forEach((value, i) => {
    expect(value).toBeCloseTo(belief.mean[i] as number, 7);
  });
  expect(writePosterior(again, spec)).toEqual(posterior);
  expect(readBelief({ ...posterior, factor: posterior.factor?.map(() => 0) ?? [] }, spec)).toEqual(
    readBelief({}, spec),
  );
});
