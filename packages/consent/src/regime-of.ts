import type { RegimeRule } from './regime-rule.ts';
import { REGIMES, type RegimeRow } from './regimes.ts';

/**
 * The rule of a region; the strictest, opt-in, where the region is not known or no row names it.
 *
 * @param region ISO 3166: a country, or a country and its subdivision, as `US-CA`
 */
export function regimeOf(region?: string, rows: readonly RegimeRow[] = REGIMES): RegimeRule {
  const find = (code = '') => rows.find(({ regions }) => regions.split(' ').includes(code));
  const { regime, refusalDays } = find(region) ?? find(region?.split('-')[0]) ?? STRICTEST;
  return { regime, refusalDays, ...(region && { region }) };
}

const STRICTEST: RegimeRule = { regime: 'opt-in', refusalDays: 180 };
