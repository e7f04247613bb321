import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, BenchRow } from './bench.ts';
import { readObd } from './obd/read-obd.ts';
import { valueLog } from './obd/value-log.ts';

/** Clicks an impression in all of the men's campaign (Saito et al., NeurIPS 2021). */
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
  const measure = async (name: string, log: string, other: string) => {
    const { rows, refusals } = valueLog(name, await readObd(log), await readObd(other));
    for (const refusal of refusals) process.stderr.write(`${refusal}\n`);
    return rows;
  };
  if (values.train && values.test) return measure('train-to-test', values.train, values.test);
  const data = process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data');
  const random = join(data, 'obd/random_men.csv.gz');
  const bts = join(data, 'obd/bts_men.csv.gz');
  return [
    ...(await measure('random-to-bts', random, bts)),
    ...(await measure('bts-to-random', bts, random)),
    ...Object.entries(PUBLISHED).map(
      ([metric, value]): BenchRow => ({ case: 'published', metric, value, unit: 'clicks/impression' }),
    ),
  ];
};
