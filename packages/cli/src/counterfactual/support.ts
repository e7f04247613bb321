import type { Estimate } from '../evaluate/bootstrap.ts';
import { clusteredInterval } from './clustered-interval.ts';
import type { Round } from './round.ts';
import { type RoundTable, tableOf, weightsOf } from './round-table.ts';

/** How much a log has to say about a target policy. */
export interface Support {
  readonly rounds: number;
  readonly visitors: number;
  /** As many rounds of the target policy itself would say as much: (Σw)² / Σw² (Kish, *Survey Sampling*, 1965). */
  readonly ess: number;
  /** The same of the rounds with a reward: (Σwr)² / Σ(wr)². */
  readonly rewards: number;
  readonly maxWeight: number;
  /** With its 99.9% interval. 1 where the logged propensities are true and all that the target policy may choose was
   * possible. */
  readonly meanWeight: Estimate;
  /** Share of the target policy's choices that the log never shows at all. */
  readonly unsupported: number;
  /** Share of the target policy's choices that change what the log's policy showed with certainty. */
  readonly unexplored: number;
}

/** Why a log cannot carry the question. */
export interface LogRefusal {
  readonly code: 'unsupported' | 'unexplored' | 'propensities' | 'ess' | 'rewards' | 'visitors';
  readonly reason: string;
}

/** Below or above these nothing is estimated; docs/counterfactual.md says why. */
const LIMITS = { unsupported: 0.01, unexplored: 0.01, ess: 100, rewards: 5, visitors: 50 } as const;

export function supportOf(rounds: readonly Round[] | RoundTable): Support {
  const table = tableOf(rounds);
  const { clusters, rewards, unsupported, unexplored } = table;
  const weights = weightsOf(table);
  const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
  const meanWeight = mean(weights);
  return {
    rounds: rewards.length,
    visitors: clusters.count,
    ess: effective(weights),
    rewards: effective(weights.map((weight, i) => weight * (rewards[i] as number))),
    maxWeight: weights.reduce((a, b) => Math.max(a, b), 0),
    meanWeight: clusteredInterval(
      meanWeight,
      weights.map((weight) => weight - meanWeight),
      clusters,
      '99.9%',
    ),
    unsupported: mean(unsupported),
    unexplored: mean(unexplored),
  };
}

/** Every reason not to believe an estimate from this log; none where there is enough support. */
export function refusalsOf(support: Support): readonly LogRefusal[] {
  const { unsupported, unexplored, ess, rewards, visitors, meanWeight } = support;
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const refusals: readonly (LogRefusal & { readonly holds: boolean })[] = [
    {
      code: 'unsupported',
      holds: unsupported > LIMITS.unsupported,
      reason: `${percent(unsupported)} of what the policy would show is never shown in the log (limit ${percent(LIMITS.unsupported)})`,
    },
    {
      code: 'unexplored',
      holds: unexplored > LIMITS.unexplored,
      reason: `${percent(unexplored)} of what the policy would show changes places that the log never explored: there its own policy was certain (limit ${percent(LIMITS.unexplored)})`,
    },
    {
      code: 'ess',
      holds: !(ess >= LIMITS.ess),
      reason: `the log is worth ${ess.toFixed(0)} rounds of the policy (at least ${LIMITS.ess}): the two rarely agree`,
    },
    {
      code: 'rewards',
      holds: !(rewards >= LIMITS.rewards),
      reason: `the rewards of the rounds where the two agree are worth ${rewards.toFixed(1)} (at least ${LIMITS.rewards})`,
    },
    {
      code: 'visitors',
      holds: visitors < LIMITS.visitors,
      reason: `there are ${visitors} visitors (at least ${LIMITS.visitors})`,
    },
    {
      code: 'propensities',
      holds: !(meanWeight.low <= 1 && 1 <= meanWeight.high),
      reason: `the weights' mean is ${meanWeight.value.toFixed(3)} [${meanWeight.low.toFixed(3)}, ${meanWeight.high.toFixed(3)}] and should be 1: the logged propensities are wrong, or much that the policy would show was impossible`,
    },
  ];
  return refusals.flatMap(({ code, holds, reason }) => (holds ? [{ code, reason }] : []));
}

function effective(weights: Float64Array): number {
  const square = weights.reduce((sum, weight) => sum + weight ** 2, 0);
  return square > 0 ? weights.reduce((a, b) => a + b, 0) ** 2 / square : 0;
}
