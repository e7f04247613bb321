import { expect, test } from 'vitest';
import { erf, exp, sigmoid, tanh } from './math.ts';

/** Distance in steps of a float around `expected`. */
function steps(found: number, expected: number): number {
  const bits = new Int32Array(Float32Array.of(Math.fround(found), Math.fround(expected)).buffer);
  const order = (i: number): number =>
    (bits[i] as number) < 0 ? -2_147_483_648 - (bits[i] as number) : (bits[i] as number);
  return Math.abs(order(0) - order(1));
}

function worst(
  compute: (x: number) => number,
  exact: (x: number) => number,
  low: number,
  high: number,
): number {
  let most = 0;
  for (let i = 0; i <= 20_000; i++) {
    const x = Math.fround(low + ((high - low) * i) / 20_000);
    most = Math.max(most, steps(compute(x), exact(x)));
  }
  return most;
}

// Here, and only here, the engine's own functions serve as the exact ones; they are right to a bit or two of a double.
test('exp, sigmoid and tanh are floats rounded right, or next to it', () => {
  expect(worst(exp, Math.exp, -87, 88.7)).toBeLessThanOrEqual(1);
  expect(worst(exp, Math.exp, -1e-3, 1e-3)).toBeLessThanOrEqual(1);
  expect(worst(sigmoid, (x) => 1 / (1 + Math.exp(-x)), -87, 87)).toBeLessThanOrEqual(1);
  expect(worst(tanh, Math.tanh, -20, 20)).toBeLessThanOrEqual(1);
  expect(worst(tanh, Math.tanh, -2e-3, 2e-3)).toBeLessThanOrEqual(1);
});

test('exp is right to nine digits before it is rounded', () => {
  for (let x = -104; x <= 104; x += 0.25) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(2e-9);
});

// From the series of the error function, in forty digits.
test.each([
  [1e-6, 1.12837916709515e-6],
  [0.01, 0.011283415555849618],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [1.5, 0.9661051464753108],
  [2, 0.9953222650189527],
  [3, 0.9999779095030014],
  [5, 0.9999999999984626],
])('erf %f is %f to three steps of a float', (x, expected) => {
  expect(steps(erf(x), expected)).toBeLessThanOrEqual(3);
  expect(steps(erf(-x), -erf(x))).toBe(0);
});

test('the ends of the range are the limits, and NaN stays', () => {
  const { fround } = Math;
  expect([-1e30, -104, 0, 104, 1e30].map((x) => fround(exp(x)))).toEqual([0, 0, 1, 1 / 0, 1 / 0]);
  expect([-1e30, 0, 1e30].map((x) => fround(sigmoid(x)))).toEqual([0, 0.5, 1]);
  expect([-1e30, 0, 1e30].map((x) => fround(tanh(x)))).toEqual([-1, 0, 1]);
  expect([-1e30, 0, 1e30].map((x) => fround(erf(x)))).toEqual([-1, 0, 1]);
  expect([exp, sigmoid, tanh, erf].map((compute) => compute(Number.NaN))).toEqual([
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ]);
});

// Every engine and the WebAssembly twin must give these bits; a change of them changes every recorded score.
test('the bits are the ones promised', () => {
  const bits = (compute: (x: number) => number): number[] =>
    Array.from(
      new Uint32Array(
        Float32Array.of(...[-3.7, -0.35, 1e-5, 0.8, 12.25].map((x) => compute(Math.fround(x)))).buffer,
      ),
    );
  expect({
    exp: bits(exp),
    sigmoid: bits(sigmoid),
    tanh: bits(tanh),
    erf: bits(erf),
  }).toMatchInlineSnapshot(`
    {
      "erf": [
        3212836861,
        3200400988,
        926764933,
        1061026389,
        1065353216,
      ],
      "exp": [
        1019906302,
        1060398704,
        1065353300,
        1074687811,
        1212945746,
      ],
      "sigmoid": [
        1019586055,
        1054058204,
        1056964650,
        1060151851,
        1065353136,
      ],
      "tanh": [
        3212816366,
        3198957930,
        925353388,
        1059716688,
        1065353216,
      ],
    }
  `);
});
