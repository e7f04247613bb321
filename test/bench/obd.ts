import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
import type { Bench, BenchRow } from './bench.ts';
import { readObd } from './obd/read-obd.ts';

const UNIT = 'clicks/impression';

/** Clicks an impression in all of the men's campaign (Saito et al., NeurIPS 2021, table 1). */
const PUBLISHED = { random: 0.0051, bts: 0.0067 } as const;

/** Values one policy of the Open Bandit Dataset from the log of the other: Bernoulli Thompson sampling, as the shares in
 * which its own log shows each item at each position, from random logs; and the reverse. `deterministic` shows the most
 * shown item of each position always, which such a log cannot tell of.
 * `--train FILE --test FILE`: the log, and the log of the policy to be valued. */
export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { train: { type: 'string' }, test: { type: 'string' } },
  });
  if (values.train && values.test) {
    return measure('train-to-test', await readObd(values.train), await readObd(values.test));
  }
  const data = process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data');
  const random = await readObd(values.train ?? join(data, 'obd/random_men.csv.gz'));
  const bts = await readObd(values.test ?? join(data, 'obd/bts_men.csv.gz'));
  const published = (name: keyof typeof PUBLISHED): BenchRow => ({
    case: 'published',
    metric: name,
    value: PUBLISHED[name],
    unit: UNIT,
  });
  return [
    ...measure('random-to-bts', random, bts),
    ...measure('bts-to-random', bts, random),
    published('bts'),
    published('random'),
  ];
};

function measure(
  name: string,
  log: readonly Impression[],
  other: readonly Impression[],
): readonly BenchRow[] {
  const target = itemShares(other);
  return [
    ...rowsOf(name, roundsOfShares(log, target)),
    { case: name, metric: 'on-policy', ...onPolicy(other), unit: UNIT },
    ...rowsOf(`${name} deterministic`, roundsOfShares(log, mostShown(target))),
  ];
}

/** The estimates are printed beside a refusal too, so that it can be seen what was refused. */
function rowsOf(name: string, rounds: readonly Round[]): readonly BenchRow[] {
  const support = supportOf(rounds);
  const refusals = refusalsOf(support);
  for (const { reason } of refusals) console.error(`${name}: refused, ${reason}`);
  return [
    ...Object.entries(estimateValue(rounds)).map(
      ([metric, estimate]): BenchRow => ({ case: name, metric, ...estimate, unit: UNIT }),
    ),
    { case: name, metric: 'ess', value: support.ess, unit: 'impressions' },
    { case: name, metric: 'max weight', value: support.maxWeight, unit: '' },
    { case: name, metric: 'refused', value: Number(refusals.length > 0), unit: '' },
  ];
}

/** What the other log itself says: every weight is 1. */
function onPolicy(log: readonly Impression[]) {
  const own = log.map((impression) => ({ ...impression, propensity: 1 }));
  const all = new Map(
    [...itemShares(own)].map(([position, shares]) => [
      position,
      new Map([...shares.keys()].map((id) => [id, 1])),
    ]),
  );
  return estimateValue(roundsOfShares(own, all)).ips;
}

function mostShown(shares: ItemShares): ItemShares {
  return new Map(
    [...shares].map(([position, items]) => {
      const [most] = [...items].sort(([, a], [, b]) => b - a);
      return [position, new Map([[(most as [string, number])[0], 1]])];
    }),
  );
}
