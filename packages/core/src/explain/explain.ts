import type { Decision } from '../decision/decide.ts';
import type { FeatureGroup } from '../encode/feature-spec.ts';
import type { Item } from '../item.ts';
import { decisiveReason } from './decisive-reason.ts';
import { referenceRows } from './feasible-rows.ts';
import { playGame } from './masked-scores.ts';
import { sentenceFor } from './sentence.ts';
import { shapley } from './shapley.ts';

/** One group's part in an item's place. */
export interface Contribution {
  readonly group: string;
  /** On the scale of the score. All of an item's contributions sum to its advantage over the reference items, less what
   * it would have with nothing known. */
  readonly contribution: number;
}

/** A contribution in words. */
export interface Reason extends Contribution {
  readonly sentence: string;
}

export interface Explanation {
  readonly item: string;
  /** What speaks for the item, most important first. What alone decided (a pin, exploration, a cap, diversity) comes
   * before all, with contribution 0. */
  readonly reasons: readonly Reason[];
  /** Of every group of the spec, in its order; empty where the ranker did not decide. */
  readonly contributions: readonly Contribution[];
}

export interface ExplainOptions {
  /** At most so many reasons. @default 3 */
  readonly limit?: number;
  /** Tags that no sentence mentions. @default none */
  readonly sensitive?: ReadonlySet<string>;
}

/** Why an item stands where it does: exact Shapley values over the spec's feature groups. The value of a coalition is
 * the item's score less the mean score of eight evenly ranked other feasible candidates, with the groups outside it in
 * their unknown encoding. Stores and sends nothing. Without reasons where the slate is not the ranker's.
 * @throws InklingError E_MODEL, and whatever the scorer throws */
export function explain(decision: Decision, id: string, options: ExplainOptions = {}): Explanation {
  const { limit = 3, sensitive = new Set() } = options;
  const { request, chosen, ranking, slate } = decision;
  const place = chosen.find((entry) => entry.id === id);
  const row = request.candidates.findIndex(({ item }) => item.id === id);
  // In the holdout the page shows what its author chose.
  const isRanked = slate.source === 'ranker' || (slate.source === 'edge' && slate.arm === 'personalized');
  if (!isRanked || !place || row < 0 || !ranking || !request.scorer)
    return { item: id, reasons: [], contributions: [] };

  const game = playGame(request, ranking.features, [row, ...referenceRows(request, ranking, row)]);
  const share = shapley(game.value);
  const { groups } = request.encoder.spec;
  const contributions = groups.map(({ id: group }, index) => ({
    group,
    contribution: share[game.players.indexOf(index)] ?? 0,
  }));
  const item = request.candidates[row]?.item as Item;
  const favourable = contributions
    .map((part, index) => ({ ...part, index }))
    .filter(({ contribution }) => contribution > 0)
    .sort((a, b) => b.contribution - a.contribution || a.index - b.index);
  const decisive = decisiveReason(decision, ranking, place);
  const reasons = favourable.slice(0, limit).map(({ group, contribution, index }) => ({
    group,
    contribution,
    sentence: sentenceFor({ request, item, group: groups[index] as FeatureGroup, game, sensitive }),
  }));
  return { item: id, reasons: [...(decisive ? [decisive] : []), ...reasons].slice(0, limit), contributions };
}
