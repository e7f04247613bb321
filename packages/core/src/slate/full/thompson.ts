import type { Item } from '../../item.ts';
import type { Distribution } from '../fill-places.ts';
import { shareOf } from '../policy.ts';
import type { SlateRequest } from '../slate-request.ts';
import type { PolicySpec } from '../slot.ts';
import { WHOLE } from '../whole.ts';
import type { Field } from './field.ts';

const SAMPLES = 256;
/** Below it a propensity says too little to divide by. */
const MIN_EPSILON = 0.01;
/** docs/adapt.md says what it wins. */
const SPREAD = 0.25;

/** Thompson sampling (Thompson 1933) with a known probability, from a posterior whose standard deviations are scaled
 * down, since its author, who draws, wins by exploring less (Chapelle and Li, NeurIPS 2011): an arm's is the share of
 * 256 samples in which it is the best, less ε, which is shared out evenly among the explored set. The
 * item is then drawn from these probabilities by another stream, so that they are exact given the seed. */
export function thompson(
  request: SlateRequest,
  { epsilon = MIN_EPSILON, spread = SPREAD }: Extract<PolicySpec, { type: 'thompson' }>,
): (field: Field, explored: readonly number[]) => Distribution {
  const { slot, items, scores, seed, sampleScores = () => scores } = request;
  const { lambda } = slot.diversity ?? { lambda: 1 };
  const samples = Array.from({ length: SAMPLES }, (_, sample) =>
    sampleScores(`${seed} posterior ${slot.id}`, sample, spread),
  );
  return ({ feasible, value }, explored) => {
    const wins = new Int32Array(items.length);
    for (const sample of samples) {
      let winner = feasible[0] as number;
      let most = -Infinity;
      for (const index of feasible) {
        const change = (sample[index] as number) - (scores[index] as number);
        const sampled = (value[index] as number) + lambda * change;
        if (sampled < most || (sampled === most && (items[index] as Item).id > (items[winner] as Item).id))
          continue;
        winner = index;
        most = sampled;
      }
      wins[winner] = (wins[winner] as number) + 1;
    }
    const share = shareOf(Math.max(MIN_EPSILON, epsilon), explored.length);
    const rest = WHOLE - share * explored.length;
    const winners = feasible.filter((index) => wins[index] && !explored.includes(index));
    const arms = [...explored, ...winners];
    const weights = arms.map(
      (index, arm) =>
        (arm < explored.length ? share : 0) + Math.floor((rest * (wins[index] as number)) / SAMPLES),
    );
    weights[0] = WHOLE - weights.slice(1).reduce((sum, weight) => sum + weight, 0);
    return { arms, weights };
  };
}
