import {
  estimateValue,
  type Impression,
  type ItemShares,
  itemShares,
  type Round,
  refusalsOf,
  roundsOfShares,
  supportOf,
} from '@inkling/cli';
import type { BenchRow } from '../bench.ts';

const UNIT = 'clicks/impression';

interface Valued {
  readonly rows: readonly BenchRow[];
  /** Sentences. */
  readonly refusals: readonly string[];
}

/** Values the policy of another log, and one that is certain. @param name of the case */
export function valueLog(name: string, log: readonly Impression[], other: readonly Impression[]): Valued {
  const target = itemShares(other);
  const shares = valueRounds(name, roundsOfShares(log, target));
  const certain = valueRounds(`${name} deterministic`, roundsOfShares(log, mostShown(target)));
  return {
    rows: [
      ...shares.rows,
      { case: name, metric: 'on-policy', ...onPolicy(other), unit: UNIT },
      ...certain.rows,
    ],
    refusals: [...shares.refusals, ...certain.refusals],
  };
}

/** The estimates stand beside a refusal too, so that it can be seen what was refused. */
function valueRounds(name: string, rounds: readonly Round[]): Valued {
  const support = supportOf(rounds);
  const refusals = refusalsOf(support);
  return {
    rows: [
      ...Object.entries(estimateValue(rounds)).map(
        ([metric, estimate]): BenchRow => ({ case: name, metric, ...estimate, unit: UNIT }),
      ),
      { case: name, metric: 'ess', value: support.ess, unit: 'impressions' },
      { case: name, metric: 'max weight', value: support.maxWeight, unit: '' },
      { case: name, metric: 'refused', value: Number(refusals.length > 0), unit: '' },
    ],
    refusals: refusals.map(({ reason }) => `${name}: refused, ${reason}`),
  };
}

/** What the other log itself says: as one that its own policy values, every weight being 1. */
function onPolicy(log: readonly Impression[]) {
  const certain = log.map((impression) => ({ ...impression, item: 'any', propensity: 1 }));
  return estimateValue(roundsOfShares(certain, itemShares(certain))).ips;
}

function mostShown(shares: ItemShares): ItemShares {
  return new Map(
    [...shares].map(([position, items]) => {
      const [[most] = ['']] = [...items].sort(([, a], [, b]) => b - a);
      return [position, new Map([[most, 1]])];
    }),
  );
}
