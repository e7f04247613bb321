import type { Item } from '../../item.ts';
import type { RuleSpec } from '../rule.ts';
import type { SlateRequest } from '../slate-request.ts';
import { type Stage, setStage } from '../stage.ts';
import { kindOf } from './kind-table.ts';
import { createQuotaKeeper, type QuotaKeeper } from './quota-keeper.ts';
import { ruleKinds } from './rule-kinds.ts';
import { tell } from './tell.ts';
import type { Terms } from './terms.ts';

export interface SlatePlan {
  readonly stage: Stage;
  readonly terms: Terms;
  readonly keeper: QuotaKeeper;
}

/** Applies a slot's rules. Where they cannot be kept together, or leave places empty that could be filled without them,
 * those that may give way do so, one after the other in the declared order, with the diagnostic `rule_relaxed`.
 * @returns undefined where the others cannot be kept either, with the diagnostic `rules_unsatisfiable`
 * @throws InklingError E_PACK_FORMAT for a rule that is not known */
export function planSlate(request: SlateRequest): SlatePlan | undefined {
  const { slot } = request;
  const giving = slot.rules
    .filter(({ relax }) => relax !== undefined)
    .sort((a, b) => (a.relax as number) - (b.relax as number));
  const planWithout = (given: number, goal: number) => {
    const gone = giving.slice(0, given);
    const kept = slot.rules.filter((rule) => !gone.includes(rule));
    return applyRules(request, kept, goal);
  };
  // As many places as could be filled if all that may give way did.
  let goal = 0;
  if (giving.length > 0) {
    goal = planWithout(giving.length, 0).stage.places;
    while (goal > 0 && !planWithout(giving.length, goal).keeper.canMeet()) goal--;
  }
  for (let given = 0; given <= giving.length; given++) {
    if (!planWithout(given, goal).keeper.canMeet()) continue;
    for (const rule of giving.slice(0, given)) {
      tell(request, 'rule_relaxed', `the rule ${JSON.stringify(rule)} gave way`);
    }
    return planWithout(given, 0);
  }
  tell(request, 'rules_unsatisfiable', 'the rules cannot be kept together');
  return undefined;
}

/** @param goal how many places must be filled */
function applyRules(request: SlateRequest, rules: readonly RuleSpec[], goal: number): SlatePlan {
  const terms: Terms = { filters: [], pins: [], quotas: [], buried: [], boosts: [] };
  for (const rule of rules) kindOf(ruleKinds, rule)(rule, terms, request);
  if (goal > 0) terms.quotas.push({ of: () => true, min: goal, max: Infinity });
  const allowed = (item: Item) => {
    for (const passes of terms.filters) if (!passes(item)) return false;
    return true;
  };
  const stage = setStage(request, allowed, terms.pins);
  return { stage, terms, keeper: createQuotaKeeper(stage, request.items, terms.quotas) };
}
