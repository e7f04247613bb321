import { type Decision, decide } from '../decision/decide.ts';
import { type ExplainText, textOf } from './explain-texts.ts';
import { feasibleRows } from './feasible-rows.ts';
import { playGame } from './masked-scores.ts';
import { shapley } from './shapley.ts';

/** Why an item is not in a slate. */
export interface WhyNot {
  readonly item: string;
  readonly cause:
    | 'here'
    | 'not-considered'
    | 'unavailable'
    | 'dismissed'
    | 'shown'
    | 'rule'
    | 'diversity'
    | 'outscored';
  readonly sentence: string;
  /** Index of the rule among the slot's, where a rule keeps it out. */
  readonly rule?: number;
  /** Where it was outscored: the item that took the last place it could have had, and the group of features that
   * speaks most for that one against it. */
  readonly rival?: string;
  readonly group?: string;
}

/** Why an item does not stand in a slate, or that it does. Stores and sends nothing.
 * @throws InklingError E_MODEL, and whatever the scorer throws */
export function whyNot(decision: Decision, id: string): WhyNot {
  const { request, chosen, ranking } = decision;
  const { slot, candidates, profile, shown, encoder } = request;
  const say = (cause: WhyNot['cause'], more: Partial<WhyNot> = {}): WhyNot => ({
    item: id,
    cause,
    sentence: textOf(encoder.spec, cause satisfies ExplainText),
    ...more,
  });
  const row = candidates.findIndex(({ item }) => item.id === id);
  const item = candidates[row]?.item;
  if (chosen.some((entry) => entry.id === id)) return say('here');
  if (!item) return say('not-considered');
  if (item.available === false) return say('unavailable');
  if (profile?.dismissed.includes(id)) return say('dismissed');
  if (shown.has(id)) return say('shown');
  if (!ranking) return say('outscored');
  for (const rule of slot.rules) {
    if (feasibleRows(request, ranking, [rule]).includes(row)) continue;
    return say('rule', { rule: slot.rules.indexOf(rule) });
  }

  const wouldStand = (change: Partial<typeof slot>) =>
    decide({ ...request, slot: { ...slot, ...change }, ranking }).chosen.some((entry) => entry.id === id);
  for (const [index, rule] of slot.rules.entries()) {
    if (wouldStand({ rules: slot.rules.filter((other) => other !== rule) }))
      return say('rule', { rule: index });
  }
  if (slot.diversity && wouldStand({ diversity: { lambda: 1 } })) return say('diversity');

  const rival = chosen.filter(({ via }) => via === 'rank').at(-1) ?? chosen.at(-1);
  const rivalRow = candidates.findIndex((candidate) => candidate.item.id === rival?.id);
  if (!rival || rivalRow < 0 || !request.scorer) return say('outscored');
  const game = playGame(request, ranking.features, [rivalRow, row]);
  const share = shapley(game.value);
  const strongest = share.indexOf(share.reduce((most, value) => Math.max(most, value), 0));
  const group = encoder.spec.groups[game.players[strongest] ?? -1]?.id;
  return say('outscored', { rival: rival.id, ...(group !== undefined && { group }) });
}
