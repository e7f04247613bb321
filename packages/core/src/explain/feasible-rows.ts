import type { DecideRequest } from '../decision/decide.ts';
import type { Ranking } from '../decision/rank-candidates.ts';
import { kindOf } from '../slate/full/kind-table.ts';
import { ruleKinds } from '../slate/full/rule-kinds.ts';
import type { Terms } from '../slate/full/terms.ts';
import type { RuleSpec } from '../slate/rule.ts';

/** Rows of the candidates that may stand in the slot, the best first: none of the rules, no dismissal and no other place
 * of the page keeps them out. */
export function feasibleRows(
  request: DecideRequest,
  { scores }: Ranking,
  rules: readonly RuleSpec[],
): readonly number[] {
  const { candidates, shown, profile } = request;
  const items = candidates.map(({ item }) => item);
  const excluded = new Set([...shown, ...(profile?.dismissed ?? [])]);
  const terms: Terms = { filters: [], pins: [], quotas: [], buried: [], boosts: [] };
  for (const rule of rules) kindOf(ruleKinds, rule)(rule, terms, { ...request, items, scores, excluded });
  const rows: number[] = [];
  items.forEach((item, row) => {
    if (item.available === false || excluded.has(item.id)) return;
    if (!terms.filters.every((passes) => passes(item))) return;
    if (terms.quotas.every(({ of, max }) => max > 0 || !of(item))) rows.push(row);
  });
  const idOf = (row: number) => items[row]?.id as string;
  return rows.sort((a, b) => (scores[b] as number) - (scores[a] as number) || (idOf(a) < idOf(b) ? -1 : 1));
}

const REFERENCES = 8;

/** Rows of eight other feasible candidates, evenly spread over their ranks; of all, where there are fewer. */
export function referenceRows(request: DecideRequest, ranking: Ranking, row: number): readonly number[] {
  const others = feasibleRows(request, ranking, request.slot.rules).filter((other) => other !== row);
  const count = Math.min(REFERENCES, others.length);
  return Array.from(
    { length: count },
    (_, i) => others[Math.floor(((i + 0.5) * others.length) / count)] as number,
  );
}
