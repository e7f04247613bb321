import type { Decision } from '../decision/decide.ts';
import { isSensitive } from '../item.ts';
import { logit } from '../math.ts';
import type { InklingEvent } from '../profile/event.ts';
import { absorb } from './absorb.ts';
import { readBelief, writePosterior } from './belief.ts';
import { rewardOf } from './credit.ts';
import { forget } from './forget.ts';
import { logisticEvidence } from './logistic-evidence.ts';
import type { Posterior } from './posterior.ts';

export interface Lesson {
  /** The decision whose slate was seen. */
  readonly decision: Decision;
  /** The rewards it was credited with; none where the visitor passed over all of it. */
  readonly events: readonly InklingEvent[];
  /** Nothing is learnt of items with one of these tags. @default none */
  readonly sensitive?: ReadonlySet<string>;
}

/** One row of the adapted columns, what the ranker said of it as a logit, and what came of it. */
interface Observation {
  readonly x: Float64Array;
  readonly offset: number;
  readonly success: boolean;
}

/** What the device believes after a slate was seen: it forgets a little, then absorbs each observation. Until the
 * first reward the scores stay the ranker's own: what was passed over counts from then on. Nor is there anything to
 * learn without an adapter, from a slate that is not the ranker's, and where nothing can be told apart. At most 20 places are looked at. */
export function learn(posterior: Posterior, lesson: Lesson): Posterior {
  const spec = lesson.decision.request.adapter?.spec;
  const observations = observe(lesson, posterior.mean !== undefined);
  if (!spec || observations.length === 0) return posterior;
  const belief = readBelief(posterior, spec);
  forget(belief, spec);
  for (const { x, offset, success } of observations) absorb(belief, x, logisticEvidence(offset, success));
  return { ...writePosterior(belief, spec), rewards: 1 + (posterior.mean ? (posterior.rewards ?? 0) : 0) };
}

const MAX_PLACES = 20;

/** Where the ranker gives probabilities or logits, each item that was examined succeeded or failed by itself. The
 * visitor examines a list from the top until something pleases (the cascade model; Craswell et al., WSDM 2008), so all
 * before the last choice was examined, and the whole list where nothing was chosen.
 * Utilities have no zero: there a chosen item is compared with each before it that was passed over ("click > skip
 * above"; Joachims, KDD 2002), the logit of the preference being the difference (Bradley and Terry, Biometrika 1952).
 * A rejection is a failure, or the opposite preference. */
function observe(
  { decision, events, sensitive = new Set() }: Lesson,
  wasRewarded: boolean,
): readonly Observation[] {
  const { request, slate, ranking } = decision;
  const { adapter, candidates, encoder } = request;
  if (!adapter || !ranking || slate.source !== 'ranker') return [];
  const items = candidates.map(({ item }) => item);
  const { columns } = adapter.spec;
  const places = slate.items.slice(0, MAX_PLACES).flatMap(({ id }) => {
    const row = items.findIndex((item) => item.id === id);
    if (row < 0 || isSensitive(items[row], sensitive)) return [];
    const x = Float64Array.from(columns, (column) => ranking.features[row * encoder.width + column] ?? 0);
    const rewards = events.filter(({ item }) => item === id).map((event) => rewardOf(event) === true);
    return [{ x, score: ranking.ranked[row] as number, rewards }];
  });

  if (!wasRewarded && places.every(({ rewards }) => rewards.length === 0)) return [];

  const observations: Observation[] = [];
  if (adapter.output === 'utility') {
    places.forEach((chosen, place) => {
      for (const success of chosen.rewards) {
        for (const other of places.slice(0, place)) {
          if (other.rewards.includes(true)) continue;
          const x = chosen.x.map((value, i) => value - (other.x[i] as number));
          observations.push({ x, offset: chosen.score - other.score, success });
        }
      }
    });
  } else {
    const last = places.map(({ rewards }) => rewards.includes(true)).lastIndexOf(true);
    const examined = last < 0 ? places : places.slice(0, last + 1);
    for (const { x, score, rewards } of examined) {
      const offset = adapter.output === 'probability' ? logit(score) : score;
      for (const success of rewards.length > 0 ? rewards : [false]) observations.push({ x, offset, success });
    }
  }
  return observations.filter(({ x, offset }) => x.some(Boolean) && Number.isFinite(offset));
}
