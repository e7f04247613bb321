import { prng } from '@inkling/core';
import { expect, test } from 'vitest';
import { randomBelow } from './discrete-laplace.ts';
import { type CellTotals, type ReleasedCell, releaseCells } from './release.ts';

const K = 50;
const RULE = { k: K, epsilonThousandths: 1000 };
const SLOT = [7, 'grid', 'personalized', ''] as const;

/** One day of one slot, each batch given as the moments it has something in. */
function totalsOf(batches: readonly (readonly string[])[], counts: readonly [number, number] = [1, 0]) {
  const totals = new Map<string, CellTotals>();
  for (const moments of batches) {
    const add = (moment: string, times: number) => {
      const { batches, exposures, rewards } = totals.get(moment) ?? { batches: 0, exposures: 0, rewards: 0 };
      totals.set(moment, {
        cell: [...SLOT, moment],
        batches: batches + 1,
        exposures: exposures + times * counts[0],
        rewards: rewards + times * counts[1],
      });
    };
    for (const moment of moments) add(moment, 1);
    add('all', moments.length);
  }
  return [...totals.values()];
}

const release = (totals: readonly CellTotals[], seed = 'release'): readonly ReleasedCell[] =>
  releaseCells(totals, RULE, randomBelow(prng(seed, 'noise')));
const momentsOf = (cells: readonly ReleasedCell[]) => cells.map(({ moment }) => moment).sort();
const times = (count: number, ...moments: readonly string[]) => Array<readonly string[]>(count).fill(moments);

test('a cell is told from k batches on', () => {
  expect(momentsOf(release(totalsOf(times(K, 'a'))))).toEqual(['a', 'all']);
  expect(release(totalsOf(times(K - 1, 'a')))).toEqual([]);
});

test('a cell that alone is kept back keeps the smallest of the others back, for it would be the difference', () => {
  const batches = [...times(90, 'a'), ...times(70, 'b'), ...times(10, 'c')];
  expect(momentsOf(release(totalsOf(batches)))).toEqual(['a', 'all']);
});

test('and so do several that together are fewer than k; not so where together they are more', () => {
  const few = ['c', 'd', 'e'].flatMap((moment) => times(16, moment));
  expect(momentsOf(release(totalsOf([...times(90, 'a'), ...times(70, 'b'), ...few])))).toEqual(['a', 'all']);
  const many = ['c', 'd', 'e'].flatMap((moment) => times(17, moment));
  expect(momentsOf(release(totalsOf([...times(90, 'a'), ...times(70, 'b'), ...many])))).toEqual([
    ...['a', 'all', 'b'],
  ]);
});

test('a browser that is in two cells is one batch of their sum', () => {
  // 25 browsers, each in three small cells: 75 entries, and no 50 browsers.
  const batches = [...times(90, 'a'), ...times(60, 'b'), ...times(25, 'c', 'd', 'e')];
  expect(momentsOf(release(totalsOf(batches)))).toEqual(['a', 'all']);
});

test('whatever is taken from the sum, what is left is nothing or has k batches', () => {
  const moments = ['a', 'b', 'c', 'd', 'e'];
  let [rests, cells] = [0, 0];
  for (let day = 0; day < 2000; day++) {
    const random = prng('days', String(day));
    // Up to six kinds of browsers, each with something in the same one to five cells.
    const batches = Array.from({ length: 1 + (random() % 6) }, () => {
      const seen = 1 + (random() % 31);
      return times(random() % 70, ...moments.filter((_, i) => (seen >> i) & 1));
    }).flat();
    const released = momentsOf(release(totalsOf(batches)));
    if (!released.includes('all')) {
      expect(released).toEqual([]);
      continue;
    }
    const told = released.filter((moment) => moment !== 'all');
    // Everybody with something outside of the told cells, which is what subtraction gives.
    const left = batches.filter((seen) => seen.some((moment) => !told.includes(moment))).length;
    expect(left === 0 || left >= K).toBe(true);
    for (const cell of told) {
      expect(batches.filter((seen) => seen.includes(cell)).length).toBeGreaterThanOrEqual(K);
    }
    if (left > 0) rests++;
    cells += told.length;
  }
  // Both happened often enough to mean something.
  expect(Math.min(rests, cells)).toBeGreaterThan(100);
});

test('who knows all but one batch guesses that one no better than epsilon allows', () => {
  const others = totalsOf(times(60, 'a'));
  // The most that one browser can add.
  const [one, ...sums] = totalsOf([['a']], [16, 16]);
  const withOne = others.map((each) => ({
    ...each,
    batches: each.batches + 1,
    exposures: each.exposures + (one?.exposures ?? 0),
    rewards: each.rewards + (one?.rewards ?? 0),
  }));
  expect([sums.length, withOne[0]?.exposures]).toEqual([1, 76]);
  const DRAWS = 20_000;
  // The likelihood of what was told is greater with one than without: the best guess there is.
  const said = ([cell, sum]: readonly ReleasedCell[]) =>
    [cell, sum].reduce((total, each) => {
      const { exposures = 0, rewards = 0 } = each ?? {};
      const size = (x: number, from: number) => Math.abs(x - from);
      return total + size(exposures, 60) - size(exposures, 76) + size(rewards, 0) - size(rewards, 16);
    }, 0) > 0;
  let right = 0;
  for (let i = 0; i < DRAWS; i++) {
    if (said(release(withOne, `with ${i}`))) right++;
    if (!said(release(others, `without ${i}`))) right++;
  }
  const most = Math.E / (1 + Math.E);
  // 0.731, and four standard errors of the estimate.
  expect(right / (2 * DRAWS)).toBeLessThan(most + 0.01);
  // It is noise that keeps it down, not that nothing is there to be guessed.
  expect(right / (2 * DRAWS)).toBeGreaterThan(0.55);
});
