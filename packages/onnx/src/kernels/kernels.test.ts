import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openKernels } from './embedded-kernels.ts';
import { createJsKernels } from './js-kernels.ts';
import type { Kernels } from './kernels.ts';

const values = (count: number, seed = 0): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => (((i + seed) * 7919) % 1000) / 333 - 1.5);

interface Side {
  readonly kernels: Kernels;
  readonly cells: Float32Array;
}

const KERNELS: readonly (readonly [name: string, create: () => Kernels])[] = [
  ['js', createJsKernels],
  ['wasm', () => openKernels() ?? expect.fail('WebAssembly is refused here')],
];

function open(create: () => Kernels): Side {
  const kernels = create();
  kernels.memory.grow(1);
  return { kernels, cells: new Float32Array(kernels.memory.buffer).fill(9) };
}

/** The definition, one output at a time. */
function defineDense(
  a: Float32Array,
  b: Float32Array,
  bias: Float32Array,
  depth: number,
  least: number,
): Float32Array {
  const columns = bias.length;
  return Float32Array.from({ length: (a.length / depth) * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < depth; k++) {
      const product = Math.fround((a[i * depth + k] as number) * (b[k * columns + j] as number));
      sum = Math.fround(sum + product);
    }
    return Math.max(least, Math.fround(sum + (bias[j] as number)));
  });
}

const DEPTH = 37;
const AT = { a: 64, b: 8192, bias: 32_768, out: 40_960 };

for (const [name, create] of KERNELS) {
  test.each(
    [1, 2, 3, 4, 5, 7, 9].flatMap((rows) =>
      [1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 29].map((columns) => [rows, columns]),
    ),
  )(`${name}: dense of %i rows and %i columns has the bits of the definition`, (rows = 0, columns = 0) => {
    const { kernels, cells } = open(create);
    const [a, b, bias] = [values(rows * DEPTH), values(DEPTH * columns, 5), values(columns, 11)];
    cells.set(a, AT.a / 4);
    cells.set(b, AT.b / 4);
    cells.set(bias, AT.bias / 4);
    for (const least of [Number.NEGATIVE_INFINITY, 0]) {
      kernels.dense(AT.out, AT.a, AT.b, AT.bias, rows, DEPTH, columns, least);
      const end = AT.out / 4 + rows * columns;
      expect(cells.slice(AT.out / 4, end)).toEqual(defineDense(a, b, bias, DEPTH, least));
      // Nothing else is written.
      expect([cells[AT.out / 4 - 1], cells[end]]).toEqual([9, 9]);
    }
  });

  test(`${name}: the order of the sum shows in the bits`, () => {
    const { kernels, cells } = open(create);
    const big = 2 ** 24;
    cells.set([big, 1, 1, -big], AT.a / 4);
    for (const columns of [1, 8]) {
      cells.fill(1, AT.b / 4, AT.b / 4 + 4 * columns);
      cells.fill(0, AT.bias / 4, AT.bias / 4 + columns);
      kernels.dense(AT.out, AT.a, AT.b, AT.bias, 1, 4, columns, Number.NEGATIVE_INFINITY);
      expect(cells[AT.out / 4 + columns - 1]).toBe(0);
    }
  });

  test(`${name}: Relu of NaN is NaN, and an empty depth gives the bias`, () => {
    const { kernels, cells } = open(create);
    cells.fill(Number.NaN, AT.a / 4, AT.a / 4 + 4);
    cells.fill(-2, AT.bias / 4, AT.bias / 4 + 8);
    for (const columns of [1, 8]) {
      kernels.dense(AT.out, AT.a, AT.b, AT.bias, 1, 4, columns, 0);
      expect(cells[AT.out / 4]).toBeNaN();
      kernels.dense(AT.out, AT.a, AT.b, AT.bias, 1, 0, columns, -9);
      expect(cells[AT.out / 4]).toBe(-2);
    }
  });
}

test.each([
  [3, 5],
  [5, 3],
  [1, 4],
  [4, 1],
  [0, 3],
])('transpose of %i rows and %i columns', (rows, columns) => {
  const { kernels, cells } = open(() => openKernels() ?? expect.fail('WebAssembly is refused here'));
  const a = values(rows * columns);
  cells.set(a, AT.a / 4);
  kernels.transpose?.(AT.out, AT.a, rows, columns);
  const end = AT.out / 4 + a.length;
  expect(cells.slice(AT.out / 4, end)).toEqual(
    a.map((_, at) => a[(at % rows) * columns + Math.floor(at / rows)] as number),
  );
  expect([cells[AT.out / 4 - 1], cells[end]]).toEqual([9, 9]);
});

test.each([0, 1, 2])('combine %i, over its own operand too', (kind) => {
  const compute = [
    (x: number, y: number) => x + y,
    (x: number, y: number) => x - y,
    (x: number, y: number) => x * y,
  ][kind] as (x: number, y: number) => number;
  const rows = 3;
  for (const columns of [1, 2, 3, 4, 5, 8, 11]) {
    for (const [rowB, stepB] of [
      [columns * 4, 4],
      [0, 4],
      [4, 0],
      [0, 0],
    ] as const) {
      for (const out of [AT.out, AT.a]) {
        const { kernels, cells } = open(() => openKernels() ?? expect.fail('WebAssembly is refused here'));
        const [a, b] = [values(rows * columns), values(rows * columns, 5)];
        cells.set(a, AT.a / 4);
        cells.set(b, AT.b / 4);
        kernels.combine?.(kind, out, AT.a, columns * 4, 4, AT.b, rowB, stepB, rows, columns);
        expect(cells.slice(out / 4, out / 4 + a.length)).toEqual(
          a.map((x, at) => {
            const [i, j] = [Math.floor(at / columns), at % columns];
            return compute(x, b[(i * rowB + j * stepB) / 4] as number);
          }),
        );
        expect(cells[out / 4 + a.length]).toBe(9);
      }
    }
  }
});

test('the module is small enough to compile on the spot', () => {
  const module = readFileSync(new URL('generated/kernels.wasm', import.meta.url));
  expect(module.length).toBeLessThan(4096);
});
