import { refuse } from '../refuse.ts';
import { bestOf } from './best-of.ts';
import { relevance } from './diversity.ts';
import { fillPlaces } from './fill-places.ts';
import { matches } from './matches.ts';
import { epsilonGreedy } from './policy.ts';
import type { RuleSpec } from './rule.ts';
import type { SlateKinds } from './slate-kinds.ts';
import { setStage } from './stage.ts';

/** What nearly every slot is made of. */
export const basicSlateKinds: SlateKinds = {
  build(request) {
    const { slot, items } = request;
    const unknown = beyondBasic([slot]);
    if (unknown) refuse('E_PACK_FORMAT', 'slots', 'basic words', unknown);
    const { epsilon, top = 20 } = slot.policy as { readonly epsilon?: number; readonly top?: number };
    const rules = slot.rules as readonly Extract<RuleSpec, { type: 'pin' | 'only' | 'exclude' }>[];
    const stage = setStage(
      request,
      (item) => rules.every((rule) => rule.type === 'pin' || matches(item, rule) === (rule.type === 'only')),
      rules.filter((rule) => rule.type === 'pin'),
    );
    const valuesOf = relevance(request, stage.open);
    const count = epsilon === undefined ? 1 : Math.min(top, 20);
    return fillPlaces(request, stage, (open, chosen) =>
      epsilonGreedy(bestOf(open, count, valuesOf(open, chosen), items), epsilon ?? 0),
    );
  },
};

/** The first word that `basicSlateKinds` does not know, in slots or in what holds slots, such as experiments. */
export function beyondBasic(slots: readonly unknown[]): string | undefined {
  const more =
    /"(objectives|cadence|per|fresh|relax|attribute)":|"type":"(?!(greedy|epsilon|pin|only|exclude)")\w*|"shelves"/;
  return more.exec(JSON.stringify(slots))?.[0];
}
