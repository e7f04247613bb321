import type { Item } from '../../item.ts';
import { exp } from '../../math.ts';
import { countSince } from '../../profile/counters.ts';
import type { SlateRequest } from '../slate-request.ts';
import type { ObjectiveSpec } from '../slot.ts';
import { calibration } from './calibration.ts';
import type { KindTable } from './kind-table.ts';
import type { Objective } from './objective.ts';

const DAY = 86_400_000;

/** What each type of objective measures. Made once a slate, from the items that may stand in it. */
export const objectiveKinds: KindTable<
  ObjectiveSpec,
  [request: SlateRequest, open: readonly number[]],
  Objective
> = {
  calibration: ({ alpha = 0.01 }, request) => calibration(request, alpha),
  freshness({ halfLifeDays }, { items, now }) {
    return fixed(items, ({ publishedAt = '' }) => {
      const age = Math.max(0, now - Date.parse(publishedAt));
      return exp((-Math.LN2 * age) / (halfLifeDays * DAY)) || 0;
    });
  },
  attribute({ attribute }, { items }, open) {
    const numberOf = (item: Item) => Number(item.attributes?.[attribute]);
    const known = open.map((index) => numberOf(items[index] as Item)).filter(Number.isFinite);
    const low = Math.min(...known);
    const range = Math.max(...known) - low;
    return fixed(items, (item) => (numberOf(item) - low) / range || 0);
  },
  novelty({ days = 30 }, { items, profile, now }) {
    return fixed(items, ({ id }) => (profile && countSince(profile, `item:${id}`, days, now) > 0 ? 0 : 1));
  },
};

/** An objective that does not look at what is placed. */
function fixed(items: readonly Item[], measure: (item: Item) => number): Objective {
  const measures = Float64Array.from(items, measure);
  return () => (index) => measures[index] as number;
}
