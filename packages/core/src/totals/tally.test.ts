import { expect, test } from 'vitest';
import { reportSchema } from '../pack-schema.ts';
import { prng } from '../prng.ts';
import { addExposure, addReward, type CellKey } from './tally.ts';
import { MOMENTS, momentOf, type TotalsCell } from './totals-report.ts';

const GRID: CellKey = [7, 'grid', 'personalized', '', 'night rain'];
const HERO: CellKey = [7, 'hero', 'holdout', 'price:b', 'unknown unknown'];

test('exposures and their rewards are counted cell by cell', () => {
  let cells: readonly TotalsCell[] = [];
  for (const key of [GRID, HERO, GRID]) cells = addExposure(cells, key);
  cells = addReward(cells, GRID);
  expect(cells).toEqual([
    [...GRID, 2, 1],
    [...HERO, 1, 0],
  ]);
});

test('no exposure is rewarded twice, and none that was not counted', () => {
  const cells = addExposure([], GRID);
  const once = addReward(cells, GRID);
  expect(addReward(once, GRID)).toBe(once);
  expect(addReward(cells, HERO)).toBe(cells);
});

test('whatever is done all day, the batch is one that the collector takes', () => {
  for (let day = 0; day < 200; day++) {
    const random = prng('tally', String(day));
    let cells: readonly TotalsCell[] = addExposure([], GRID);
    for (let act = 0; act < 60; act++) {
      const key: CellKey = [7, 'grid', 'holdout', '', MOMENTS[random() % 20] as string];
      cells = (random() % 3 ? addExposure : addReward)(cells, key);
    }
    expect(reportSchema.safeParse({ batch: '0'.repeat(32), cells }).success).toBe(true);
    // All that it may hold, and nothing beyond.
    expect(cells.reduce((sum, cell) => sum + cell[5], 0)).toBe(16);
    expect(addExposure(cells, HERO)).toBe(cells);
  }
});

test('a moment is a part of the day and a weather, and anything else is unknown', () => {
  const time = { daypart: 'night' } as Parameters<typeof momentOf>[0]['time'];
  const weather = { condition: 'rain' } as Parameters<typeof momentOf>[0]['weather'];
  expect(momentOf({ time, weather })).toBe('night rain');
  const told = { condition: 'in love' } as unknown as typeof weather;
  expect(momentOf({ time, weather: told })).toBe('unknown unknown');
});
