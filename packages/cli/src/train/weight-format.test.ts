import { expect, test } from 'vitest';
import { createNetwork, type NetworkSpec } from './network.ts';
import { roundWeights, toFloat16, toInt8 } from './weight-format.ts';

test('float16: bits of IEEE 754, ties to even, nothing infinite', () => {
  const cases: readonly (readonly [number, number])[] = [
    [0, 0x0000],
    [1, 0x3c00],
    [-2, 0xc000],
    [-0.1, 0xae66],
    [65_504, 0x7bff],
    [1e6, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -14 - 2 ** -25, 0x0400],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [2 - 2 ** -12, 0x4000],
  ];
  const bits = toFloat16(Float32Array.from(cases, ([value]) => value));
  expect([...bits]).toEqual(cases.map(([, expected]) => expected));
});

test('int8: the largest of a column is 127, and each is off by at most half a step', () => {
  const matrix = { rows: 2, columns: 3, values: Float32Array.of(1, -0.2, 0, -4, 0.3, 0) };
  const { cells, scales } = toInt8(matrix);
  expect([...cells]).toEqual([32, -85, 0, -127, 127, 0]);
  matrix.values.forEach((value, i) => {
    const step = scales[i % 3] as number;
    expect(Math.abs((cells[i] as number) * step - value)).toBeLessThanOrEqual(step / 2 + 1e-7);
  });
});

test('biases are not rounded', () => {
  const spec: NetworkSpec = {
    kind: 'mlp',
    columns: { dense: [0, 1], fields: [], tableRows: 0 },
    hidden: [3],
    factors: 1,
  };
  const weights = createNetwork(spec, 'seed');
  weights.bias1?.values.fill(0.1);
  for (const format of ['float16', 'int8'] as const) {
    const rounded = roundWeights(weights, format);
    expect(rounded.bias1?.values).toEqual(weights.bias1?.values);
    expect(rounded.weights1?.values).not.toEqual(weights.weights1?.values);
  }
});
