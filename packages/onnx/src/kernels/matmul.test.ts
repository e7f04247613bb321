import { expect, test } from 'vitest';
import { matmul } from './matmul.ts';

const values = (count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => ((i * 7919) % 1000) / 333 - 1.5);

/** The definition, one output at a time. */
function define(
  a: Float32Array,
  b: Float32Array,
  rows: number,
  depth: number,
  columns: number,
): Float32Array {
  const out = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) {
        const product = Math.fround((a[i * depth + k] as number) * (b[k * columns + j] as number));
        sum = Math.fround(sum + product);
      }
      out[i * columns + j] = sum;
    }
  }
  return out;
}

const transpose = (x: Float32Array, rows: number, columns: number): Float32Array =>
  Float32Array.from(x, (_, i) => x[(i % rows) * columns + Math.floor(i / rows)] as number);

test.each([1, 2, 3, 4, 5, 8, 13])(
  '%i columns have the bits of the definition, transposed or not',
  (columns) => {
    const [rows, depth] = [6, 37];
    const [a, b] = [values(rows * depth), values(depth * columns)];
    const expected = define(a, b, rows, depth, columns);
    const out = new Float32Array(rows * columns);
    matmul(out, 0, a, 0, depth, 1, b, 0, columns, 1, rows, depth, columns);
    expect(out).toEqual(expected);
    out.fill(0);
    matmul(
      out,
      0,
      transpose(a, rows, depth),
      0,
      1,
      rows,
      transpose(b, depth, columns),
      0,
      1,
      depth,
      rows,
      depth,
      columns,
    );
    expect(out).toEqual(expected);
  },
);

test('the order of the sum shows in the bits', () => {
  const out = new Float32Array(1);
  const big = 2 ** 24;
  matmul(out, 0, Float32Array.of(big, 1, 1, -big), 0, 4, 1, Float32Array.of(1, 1, 1, 1), 0, 1, 1, 1, 4, 1);
  expect(out[0]).toBe(0);
});

test('starts are respected and nothing else is written', () => {
  const out = new Float32Array(6).fill(9);
  matmul(out, 2, Float32Array.of(7, 1, 2), 1, 2, 1, Float32Array.of(7, 7, 3, 4, 5, 6), 2, 2, 1, 1, 2, 2);
  expect(Array.from(out)).toEqual([9, 9, 13, 16, 9, 9]);
});
