import { type Decision, decide } from '../decision/decide.ts';
import type { Ranking } from '../decision/rank-candidates.ts';
import type { SlateItem } from '../slate/slate.ts';
import type { SlotSpec } from '../slate/slot.ts';
import { type ExplainText, textOf } from './explain-texts.ts';

/** Rules that move items; those that only keep them out decide of no place. */
const MOVING = ['visitor-cap', 'cap', 'minimum', 'boost', 'bury'] as const;

/** What decided alone, whatever the scores said: a pin, exploration, a cadence, or a rule, objectives or diversity if without them
 * another item would stand in this place. */
export function decisiveReason(
  { request, chosen }: Decision,
  ranking: Ranking,
  place: SlateItem,
): { readonly group: string; readonly contribution: 0; readonly sentence: string } | undefined {
  const { slot, encoder } = request;
  const { via } = place;
  const at = chosen.indexOf(place);
  const standsWithout = (change: Partial<SlotSpec>) =>
    decide({ ...request, slot: { ...slot, ...change }, ranking }).chosen[at]?.id === place.id;
  const decides = (): ExplainText | undefined => {
    if (via !== 'rank' && via !== 'fill') return via;
    const rule = MOVING.find(
      (type) =>
        slot.rules.some((rule) => rule.type === type) &&
        !standsWithout({ rules: slot.rules.filter((rule) => rule.type !== type) }),
    );
    if (rule) return rule;
    if (slot.objectives && !standsWithout({ objectives: [] })) return 'objectives';
    return slot.diversity && !standsWithout({ diversity: { lambda: 1 } }) ? 'diversity' : undefined;
  };
  const group = decides();
  return group && { group, contribution: 0, sentence: textOf(encoder.spec, group) };
}
