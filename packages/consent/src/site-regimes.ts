import type { RegimeRow } from '@inkling/core';
import { REGIMES } from './regimes.ts';

/**
 * The table of regions that holds for a site: its pack's, where that has one, else ours.
 *
 * A browser takes a pack without looking at its table, so that is done here.
 * @param onRefused told of a table that is not used because a row of it is none
 */
export function siteRegimes(
  pack: { readonly regimes?: readonly RegimeRow[] } | undefined,
  onRefused: (found: unknown) => void,
): readonly RegimeRow[] {
  const rows: unknown = pack?.regimes;
  if (rows === undefined) return REGIMES;
  if (Array.isArray(rows) && rows.every(isRow)) return rows;
  onRefused(rows);
  return REGIMES;
}

function isRow(row: Partial<RegimeRow> | null): row is RegimeRow {
  return (
    typeof row?.regions === 'string' &&
    /^(opt-in|opt-out|notice)$/.test(row.regime ?? '') &&
    Number.isInteger(row.refusalDays)
  );
}
