import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  buildDataset,
  type EpochProgress,
  type Evaluation,
  type Example,
  encodeLogInMemory,
  evaluateRanker,
  gateFailures,
  itemNeighbours,
  type Log,
  loadScorer,
  type TrainedRanker,
  trainRanker,
} from '@inkling/cli';
import type { AnyFeatureSpec } from '@inkling/core';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import type { Bench, BenchRow } from './bench.ts';
import { makeLogs } from './movielens/make-logs.ts';
import { readMovieLens } from './movielens/read-movielens.ts';

const GENDERS: Readonly<Record<string, string>> = { M: 'men', F: 'women' };
/** The gate looks at groups alone, and at small ones: the data has some 180 women. */
const LIMITS = { minLists: 0, minLift: -1, minGroupLists: 20 };

/** Ranks all films that a user has not rated, to find the last one that was: HR@10 by gender, which no feature knows, of a
 * linear ranker or an MLP on age and genres, whichever is better on validation users, and whether the gate sees the women's lists when they are spoilt on purpose.
 * `--train FILE --test FILE` in the format of movielens/inter.csv.gz, with `user.csv.gz` and `item.csv.gz` beside each. */
export const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { train: { type: 'string' }, test: { type: 'string' } },
  });
  const data = process.env.INKLING_DATA ?? join(import.meta.dirname, '../../../shared/data');
  const folder = join(data, 'movielens');
  const test = await readMovieLens(values.test ?? values.train ?? join(folder, 'inter.csv.gz'), folder);
  const train = values.train ? await readMovieLens(values.train, folder) : test;
  const { training, test: log, raters } = makeLogs(train, test);
  const spec = featureSpecSchema.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, 'movielens/features.json'), 'utf8')),
  );
  const trained = await trainKinds(training, spec);
  const { model } = trained.reduce((best, each) => (validationOf(each) > validationOf(best) ? each : best));
  const scorer = await loadScorer('ranker.onnx', model, spec);
  const { width, examples } = buildDataset(log, spec, () => undefined);
  const evaluate = (lists: readonly Example[]) =>
    evaluateRanker(lists, scorer, {
      popularity: raters,
      neighbours: itemNeighbours(training),
      groups: ['custom.gender'],
      minGroupLists: LIMITS.minGroupLists,
    });
  const evaluation = await evaluate(examples);
  if (evaluation.lists === 0) throw new Error('The test file has no user of whom a film can be held out.');
  const spoilt = await evaluate(examples.map((example) => spoil(example, width)));
  const fired = (name: string, figures: Evaluation): BenchRow => {
    const failures = gateFailures({
      model: { file: 'ranker.onnx', bytes: model, metadata: {} },
      evaluation: { ...figures, model: { sha256: createHash('sha256').update(model).digest('hex') } },
      sensitive: [],
      limits: LIMITS,
    });
    for (const failure of failures) process.stderr.write(`${name}: ${failure}\n`);
    return { case: name, metric: 'fired', value: Number(failures.length > 0), unit: '1 or 0' };
  };
  return [
    ...trained.map((each) => ({
      ...{ case: each.metrics.chosen.model, metric: 'validation', value: validationOf(each), unit: 'MRR' },
    })),
    ...accuracy(evaluation),
    ...byGender(evaluation),
    fired('gate', spoilt),
    fired('as-is', evaluation),
  ];
};

async function trainKinds(log: Log, spec: AnyFeatureSpec): Promise<readonly TrainedRanker[]> {
  const encoded = encodeLogInMemory(log, spec);
  const trained: TrainedRanker[] = [];
  for (const model of ['linear', 'mlp'] as const) {
    const onEpoch = ({ epoch, mrr }: EpochProgress) =>
      process.stderr.write(`\r${model} epoch ${epoch}  validation MRR ${mrr.toFixed(4)} `);
    trained.push(await trainRanker(encoded, spec, { model, onEpoch }));
    process.stderr.write('\n');
  }
  return trained;
}

function validationOf({ metrics }: TrainedRanker): number {
  return metrics.cases.ranker.mrr.value;
}

function accuracy({ cases, lifts }: Evaluation): readonly BenchRow[] {
  return Object.entries(cases).flatMap(([name, { hr, mrr }]): BenchRow[] => {
    const lift = lifts[name as keyof typeof lifts];
    return [
      { case: name, metric: 'hr10', ...hr, unit: 'HR@10' },
      { case: name, metric: 'mrr', ...mrr, unit: 'MRR' },
      ...(lift ? [{ case: 'ranker', metric: `gain.${name}`, ...lift.hr.difference, unit: 'HR@10' }] : []),
    ];
  });
}

function byGender({ groups }: Evaluation): readonly BenchRow[] {
  return groups.flatMap(({ groups: genders }) =>
    genders.flatMap(({ value, lists, cases, gap }): BenchRow[] => {
      const gender = GENDERS[value] ?? value;
      return [
        ...Object.entries(cases).map(([name, { hr }]) => ({
          ...{ case: name, metric: `hr10.${gender}`, ...hr, unit: 'HR@10' },
        })),
        { case: 'ranker', metric: `lists.${gender}`, value: lists, unit: 'users' },
        ...(gap?.relative
          ? [{ case: 'ranker', metric: `gap.${gender}`, ...gap.relative, unit: 'of the rest’s MRR' }]
          : []),
      ];
    }),
  );
}

/** A woman's list as a ranker would see it that mistakes each film for the one from the other end. */
function spoil(example: Example, width: number): Example {
  if (example.list.context.custom?.gender !== 'F') return example;
  const rows = example.list.items.map((_, row) => example.features.subarray(row * width, (row + 1) * width));
  return { ...example, features: Float32Array.from(rows.reverse().flatMap((row) => [...row])) };
}
