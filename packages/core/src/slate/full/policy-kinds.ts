import type { Item } from '../../item.ts';
import type { Distribution } from '../fill-places.ts';
import { epsilonGreedy } from '../policy.ts';
import type { SlateRequest } from '../slate-request.ts';
import type { Explored, PolicySpec } from '../slot.ts';
import type { Field } from './field.ts';
import type { KindTable } from './kind-table.ts';
import { matchesAny } from './matches-any.ts';
import { softmax } from './softmax.ts';
import { squareCb } from './square-cb.ts';
import { tell } from './tell.ts';
import { thompson } from './thompson.ts';

export type Policy = (field: Field) => Distribution;

/** What each type of policy does at one position. Made once a slate. */
export const policyKinds: KindTable<PolicySpec, [request: SlateRequest], Policy> = {
  greedy: () => greedy,
  epsilon:
    (spec, { items }) =>
    (field) =>
      epsilonGreedy(exploredSet(spec, field, items), spec.epsilon),
  softmax: (spec) => (field) => softmax(field, spec.temperature),
  squarecb(spec, request) {
    if (request.output !== 'probability') {
      tell(request, 'policy_output', 'squarecb needs a model whose output is a probability; greedy instead');
      return greedy;
    }
    return ({ best, value }) => squareCb(best(topOf(spec)), value, spec.gamma);
  },
  thompson(spec, request) {
    const samples = thompson(request, spec);
    return (field) => samples(field, exploredSet(spec, field, request.items));
  },
};

function greedy({ best }: Field): Distribution {
  return epsilonGreedy(best(1), 0);
}

function topOf({ top = 20 }: Pick<Explored, 'top'>): number {
  return Math.min(top, 20);
}

/** The best, and what is declared to be fresh. */
function exploredSet(spec: Explored, { best, feasible }: Field, items: readonly Item[]): readonly number[] {
  const { fresh } = spec;
  const set = best(topOf(spec));
  if (!fresh) return set;
  return [...set, ...feasible.filter((i) => !set.includes(i) && matchesAny(items[i] as Item, fresh))];
}
