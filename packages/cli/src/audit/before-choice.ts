import { BEFORE_CHOICE, type BeforeChoice } from '@inkling/consent';
import type { Regime } from '@inkling/core';

/** Stands among the granted purposes while nothing has been chosen. */
export const UNDECIDED = 'before a choice';

/** By which of the watched readings a row of the regime's table shows. The clock is none: every page reads it. */
const READINGS: Partial<Record<keyof BeforeChoice, readonly string[]>> = {
  timeZone: ['time zone'],
  viewport: ['screen'],
  preferences: ['language', 'connection'],
};

/** What a regime lets a page read of the device before a choice. */
export function readsBeforeChoice(
  regime: Regime,
): readonly { readonly api: string; readonly purpose: string }[] {
  const table = BEFORE_CHOICE[regime];
  const allowed = (Object.keys(table) as (keyof BeforeChoice)[]).filter((row) => table[row]);
  return allowed.flatMap((row) => (READINGS[row] ?? []).map((api) => ({ api, purpose: UNDECIDED })));
}
