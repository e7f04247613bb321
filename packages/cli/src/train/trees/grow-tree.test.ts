import { expect, test } from 'vitest';
import { binOf, edgesOf } from './bins.ts';
import { growTree } from './grow-tree.ts';

const OPTIONS = { leaves: 2, learningRate: 0.5, l2: 1, minChildWeight: 0 };

function grow(columns: readonly (readonly number[])[], gradient: readonly number[], options = OPTIONS) {
  const edges = columns.map((values) => edgesOf(Float32Array.from(values)));
  const rows = gradient.length;
  const binned = columns.map((values, c) =>
    Uint8Array.from(values, (x) => binOf(x, edges[c] as Float32Array)),
  );
  const derivatives = { gradient: Float64Array.from(gradient), hessian: new Float64Array(rows).fill(1) };
  const lists = {
    rows,
    starts: Uint32Array.of(0, rows),
    weights: Float64Array.of(1),
    labels: new Uint8Array(rows),
    columns: binned,
  };
  return growTree(
    lists,
    edges,
    derivatives,
    Uint32Array.from({ length: rows }, (_, i) => i),
    [...columns.keys()],
    options,
  );
}

// G = −4 over three rows with H = 3, G = 3 over one with H = 1: by hand 16/4 + 9/2 − 1/5 is the most a split gains; the
// other column's best is 1/3 + 16/5 − 1/5 or less.
test('one split, by hand: the column and threshold that gain most, leaves of −η G / (H + λ)', () => {
  expect(
    grow(
      [
        [1, 3, 1, 3],
        [1, 2, 4, 9],
      ],
      [-1, -2, -1, 3],
    ),
  ).toEqual([
    { column: 1, threshold: 6.5, bin: 3, missingIsYes: false, yes: 1, no: 2 },
    { value: 0.5 },
    { value: -0.75 },
  ]);
});

test('what is missing goes where that gains more', () => {
  const none = Number.NaN;
  expect(grow([[1, none, 5, 9]], [-2, -2, 3, 3])[0]).toMatchObject({ threshold: 3, missingIsYes: true });
  expect(grow([[1, none, 5, 9]], [-2, 3, 3, 3])[0]).toMatchObject({ threshold: 3, missingIsYes: false });
});

test('the leaf that gains most is split first', () => {
  const tree = grow([[1, 2, 3, 4]], [-8, 8, -1, 1], { ...OPTIONS, leaves: 3 });
  expect(tree.filter((node) => !('value' in node))).toMatchObject([{ threshold: 1.5 }, { threshold: 2.5 }]);
});

test('no leaf weighs less than it must, and nothing is split for nothing', () => {
  expect(grow([[1, 2, 3, 4]], [-9, 1, 1, 1], { ...OPTIONS, minChildWeight: 2 })[0]).toMatchObject({
    threshold: 2.5,
  });
  expect(grow([[1, 2, 3, 4]], [1, 1, 1, 1], { ...OPTIONS, l2: 0 })).toHaveLength(1);
});
