import { expect, test } from 'vitest';
import { gini, varietyOf } from './beyond-accuracy.ts';

test('novelty in bits, distance of tags, and what there is of groups and tags', () => {
  const top = [
    { id: 'a', tags: ['rain', 'red'], group: 'coat' },
    { id: 'b', tags: ['rain'], group: 'coat' },
    { id: 'c', tags: ['sun'], group: 'hat' },
  ];
  const popularity = new Map([
    ['a', 0.5],
    ['b', 0.125],
  ]);
  // 1 and 3 bits; distances 1/2, 1, 1.
  expect(varietyOf(top, popularity)).toEqual({ novelty: 2, diversity: 2.5 / 3, groups: 2, tags: 3 });
});

test('what the items do not say is not there', () => {
  expect(varietyOf([{ id: 'a' }, { id: 'b' }], new Map())).toEqual({});
});

test('the Gini index: equal, all to one, and by hand', () => {
  expect(gini([3, 3, 3])).toBe(0);
  expect(gini([0, 0, 0, 8])).toBe(0.75);
  // Mean absolute difference of all pairs over twice the mean: (1 + 2 + 1) · 2 / 9 / (2 · 2).
  expect(gini([1, 2, 3])).toBeCloseTo(8 / 36, 12);
  expect(gini([0, 0])).toBe(0);
});
