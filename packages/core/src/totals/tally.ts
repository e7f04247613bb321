import { MOST_EXPOSURES, type TotalsCell } from './totals-report.ts';

/** A cell without its counts. */
export type CellKey = readonly [
  version: number,
  slot: string,
  arm: TotalsCell[2],
  variation: string,
  moment: string,
];

/** Cells with one exposure more; the same ones where a batch holds no more. */
export function addExposure(cells: readonly TotalsCell[], key: CellKey): readonly TotalsCell[] {
  const total = cells.reduce((sum, [, , , , , exposures]) => sum + exposures, 0);
  if (total >= MOST_EXPOSURES) return cells;
  return cells.some((cell) => isOf(cell, key)) ? add(cells, key, 1, 0) : [...cells, [...key, 1, 0]];
}

/** Cells with one of their exposures rewarded; the same ones where none is left. */
export function addReward(cells: readonly TotalsCell[], key: CellKey): readonly TotalsCell[] {
  const open = cells.some((cell) => isOf(cell, key) && cell[6] < cell[5]);
  return open ? add(cells, key, 0, 1) : cells;
}

function add(
  cells: readonly TotalsCell[],
  key: CellKey,
  exposures: number,
  rewards: number,
): readonly TotalsCell[] {
  return cells.map((cell) => (isOf(cell, key) ? [...key, cell[5] + exposures, cell[6] + rewards] : cell));
}

function isOf(cell: TotalsCell, key: CellKey): boolean {
  return key.every((part, i) => part === cell[i]);
}
