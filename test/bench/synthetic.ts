import { parseArgs } from 'node:util';
import { type EstimatorName, estimateValue, type PolicyValue, type Round, supportOf } from '@inkling/cli';
import type { Bench, BenchRow } from './bench.ts';
import { logChoices, roundsOf, trueValue } from './synthetic/log-rounds.ts';
import { logisticWorld } from './synthetic/logistic-world.ts';

/** The log prefers what is bad, the policy to be valued what is good. */
const BETA = { logging: -2, target: 4 } as const;

const CASES = [
  { name: 'context ignored', knowsContext: false, kept: 1 },
  { name: 'context known', knowsContext: true, kept: 1 },
  { name: 'rare rewards', knowsContext: false, kept: 0.02 },
];
const ESTIMATORS: readonly EstimatorName[] = ['ips', 'snips', 'dm', 'dr', 'switch-dr', 'dros'];

/** Values a policy of which the truth is known, from many logs of another: error, bias in standard errors of the mean,
 * and coverage of the 95% intervals. Once with a reward model that knows the action alone, which is wrong in this world;
 * once with one that knows the context; once with one reward of fifty kept, as rare as clicks are.
 * `--seeds N` logs of `--rounds N` */
export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { seeds: { type: 'string', default: '200' }, rounds: { type: 'string', default: '10000' } },
  });
  const world = logisticWorld('inkling', 30, 5);
  const truth = trueValue(world, BETA.target);
  const runs = Array.from({ length: Number(values.seeds) }, (_, i) => {
    process.stderr.write(`\rlog ${i + 1} `);
    const log = logChoices(world, BETA, `log ${i}`, Number(values.rounds));
    const rounds = CASES.map((options) => roundsOf(log, options, `log ${i}`));
    return {
      ess: supportOf(rounds[0] as readonly Round[]).ess,
      values: rounds.map((each) => estimateValue(each)),
    };
  });
  process.stderr.write('\n');
  return [
    { case: 'truth', metric: 'value', value: truth, unit: 'rewards/round' },
    { case: 'logs', metric: 'ess', value: meanOf(runs.map(({ ess }) => ess)), unit: 'rounds' },
    ...CASES.flatMap(({ name, kept }, at) =>
      ESTIMATORS.flatMap((estimator) =>
        summaryOf(
          `${name}: ${estimator}`,
          runs.map((run) => (run.values[at] as PolicyValue)[estimator]),
          kept * truth,
        ),
      ),
    ),
  ];
};

function summaryOf(
  name: string,
  estimates: readonly PolicyValue['ips'][],
  truth: number,
): readonly BenchRow[] {
  const n = estimates.length;
  const errors = estimates.map(({ value }) => value - truth);
  const bias = meanOf(errors);
  const spread = Math.sqrt(meanOf(errors.map((error) => (error - bias) ** 2)) / (n - 1));
  const covered = meanOf(estimates.map(({ low, high }) => Number(low <= truth && truth <= high)));
  return [
    {
      case: name,
      metric: 'rmse',
      value: Math.sqrt(meanOf(errors.map((error) => error ** 2))),
      unit: 'rewards/round',
    },
    { case: name, metric: 'bias/se', value: bias / spread, unit: '' },
    { case: name, metric: 'coverage', value: 100 * covered, unit: '%' },
  ];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
