import type { Item } from '../../item.ts';
import { log } from '../../math.ts';
import { tastes } from '../../profile/tastes.ts';
import type { SlateRequest } from '../slate-request.ts';
import type { Objective } from './objective.ts';

/** Calibrated recommendations (Steck, RecSys 2018): less the Kullback-Leibler divergence of the slate's mix of tags q,
 * with the item in it, from the visitor's own mix p (equation 2); q is smoothed to (1-α)q + αp (equation 6). p is the
 * share of each liked tag in all liking, an item's mix the even share of its tags. Without tastes it says nothing. */
export function calibration(request: SlateRequest, alpha: number): Objective {
  const { items, profile, encoder, now } = request;
  const mix = mixOf(tastes(profile, now, encoder?.spec.halfLifeDays ?? 14));
  const placed = new Map<string, number>();
  let counted = 0;
  return (chosen) => {
    for (; counted < chosen.length; counted++) {
      const { tags = [] } = items[chosen[counted] as number] as Item;
      for (const tag of tags) placed.set(tag, (placed.get(tag) ?? 0) + 1 / tags.length);
    }
    const size = chosen.length + 1;
    const term = (tag: string, p: number, more: number) => {
      const q = ((placed.get(tag) ?? 0) + more) / size;
      return p * log(p / ((1 - alpha) * q + alpha * p));
    };
    let divergence = 0;
    for (const [tag, p] of mix) divergence += term(tag, p, 0);
    return (index) => {
      const { tags = [] } = items[index] as Item;
      let sum = divergence;
      for (const tag of tags) {
        const p = mix.get(tag);
        if (p !== undefined) sum += term(tag, p, 1 / tags.length) - term(tag, p, 0);
      }
      return -sum;
    };
  };
}

/** The liked tags' shares of all liking. */
function mixOf(taste: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const liked = [...taste].filter(([, value]) => value > 0);
  const total = liked.reduce((sum, [, value]) => sum + value, 0);
  return new Map(liked.map(([tag, value]) => [tag, value / total]));
}
