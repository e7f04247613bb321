import type { Item } from '../../item.ts';
import { bestOf } from '../best-of.ts';
import { relevance, spreadOf } from '../diversity.ts';
import { type Choice, fillPlaces } from '../fill-places.ts';
import type { SlateItem } from '../slate.ts';
import { WHOLE } from '../whole.ts';
import type { Follow, FullRequest } from './full-request.ts';
import { kindOf } from './kind-table.ts';
import { objectiveKinds } from './objective-kinds.ts';
import { planSlate, type SlatePlan } from './plan-slate.ts';
import { policyKinds } from './policy-kinds.ts';
import { tell } from './tell.ts';

/** Fills the places of a slot one after the other, with all that a slot may declare. */
export function buildList(request: FullRequest): readonly SlateItem[] {
  const plan = planSlate(request);
  if (!plan) return [];
  const { items, staying = [], follow } = request;
  const choose = chooseBy(request, plan);
  const slate = fillPlaces(request, plan.stage, follow ? following(follow, choose, items) : choose);
  const placed = slate.flatMap(({ id }) => items.find((item) => item.id === id) ?? []);
  if (plan.keeper.isMet(placed)) {
    return slate.map((place) =>
      place.via === 'rank' && staying.includes(place.id) ? { ...place, via: 'stay' } : place,
    );
  }
  tell(request, 'rules_unsatisfiable', 'no way to keep the rules together was found in time');
  return [];
}

/** Feasible set, then what stays, or values and policy. */
function chooseBy(request: FullRequest, { stage, terms, keeper }: SlatePlan): Choice {
  const { slot, items, scores, staying = [] } = request;
  const stays = staying.map((id) => items.findIndex((item) => item.id === id));
  const spread = spreadOf(scores, stage.open);
  const relevanceOf = relevance(request, stage.open);
  const policy = kindOf(policyKinds, slot.policy)(slot.policy, request);
  const objectives = (slot.objectives ?? []).map((spec) => ({
    weight: spec.weight * spread,
    measure: kindOf(objectiveKinds, spec)(spec, request, stage.open),
  }));
  const boosts = new Float64Array(items.length);
  for (const boost of terms.boosts) {
    items.forEach((item, index) => {
      boosts[index] = (boosts[index] as number) + boost(item, scores[index] as number);
    });
  }
  const isBuried = items.map((item) => terms.buried.some((matches) => matches(item)));
  const value = new Float64Array(items.length);
  return (open, chosen) => {
    const allowed = keeper.narrow(open, chosen);
    const stay = stays.find((index) => allowed.includes(index));
    if (stay !== undefined) return { arms: [stay], weights: [WHOLE] };
    const above = allowed.filter((index) => !isBuried[index]);
    const feasible = above.length > 0 ? above : allowed;
    if (feasible.length === 0) return undefined;
    const relevant = relevanceOf(open, chosen);
    for (const index of feasible) value[index] = (relevant[index] as number) + (boosts[index] as number);
    for (const { weight, measure } of objectives) {
      const goodness = measure(chosen);
      for (const index of feasible) value[index] = (value[index] as number) + weight * goodness(index);
    }
    return policy({ feasible, value, best: (count) => bestOf(feasible, count, value, items) });
  };
}

/** Takes the followed item with certainty, and tells how probable it would have been; where it is not among the arms,
 * the draw goes on as it would, and the slate comes out as another. */
function following({ ids, meet }: Follow, choose: Choice, items: readonly Item[]): Choice {
  return (open, chosen) => {
    const distribution = choose(open, chosen);
    const arm = distribution?.arms.findIndex((index) => items[index]?.id === ids[chosen.length]) ?? -1;
    if (!distribution || arm < 0) return distribution;
    meet((distribution.weights[arm] as number) / WHOLE);
    return { arms: [distribution.arms[arm] as number], weights: [WHOLE] };
  };
}
