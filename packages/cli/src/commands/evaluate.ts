import { createHash } from 'node:crypto';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { buildDataset } from '../dataset/build-dataset.ts';
import { popularity } from '../dataset/popularity.ts';
import { evaluateRanker } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { itemNeighbours } from '../evaluate/item-knn.ts';
import { sharedLists, withHistory } from '../evaluate/with-history.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { loadRanker, readModel } from '../model/load-scorer.ts';
import { readJson } from '../read-json.ts';
import { writeAtomically } from '../write-atomically.ts';
import { wholeNumber } from './arguments.ts';
import { evaluationTable } from './evaluation-table.ts';
import { type LogFiles, loadLog, loadPopularity, withLogOptions } from './log-files.ts';
import { print } from './print.ts';

export interface EvaluateCommand extends LogFiles {
  readonly model: string;
  /** Of the training data. @default that of `training`, where it is given */
  readonly popularity?: string;
  /** The log that the model was fitted to: histories of the visitors, and what item-kNN learns from. */
  readonly training?: string;
  readonly k?: number;
  /** Signals, `item:group` or `attribute:…`. */
  readonly group?: readonly string[];
  readonly minGroup?: number;
  /** Where the figures go as JSON, too. */
  readonly out?: string;
}

export function evaluateCommand(): Command {
  return withLogOptions(
    new Command('evaluate').description('measure a ranker on lists it was not trained on'),
  )
    .requiredOption('--model <file>', 'ranker.onnx')
    .option('--popularity <file>', 'popularity.json of the training data')
    .option('--training <file>', 'the log of the training: visitors’ histories, and the item-kNN baseline')
    .option('-k <n>', 'the k of NDCG and HR', wholeNumber, 10)
    .option('--group <column...>', 'figures by a signal, item:group or attribute:name, and their gaps')
    .option('--min-group <n>', 'groups with fewer lists are not judged', wholeNumber, 200)
    .option('--out <file>', 'write the figures as JSON, for `inkling pack --evaluation`')
    .option('--json', 'print the figures as JSON')
    .action(async (options: EvaluateCommand & { readonly json?: boolean }) => {
      const evaluation = await runEvaluate(options);
      print(options.json ? JSON.stringify(evaluation, null, 2) : evaluationTable(evaluation));
    });
}

/** `inkling evaluate`: measures a ranker on lists it was not trained on. @throws CliError */
export async function runEvaluate(options: EvaluateCommand): Promise<Evaluation> {
  const spec = await readJson(options.spec, featureSpecSchema);
  const bytes = await readModel(options.model);
  const { scorer, output } = await loadRanker(options.model, bytes, spec);
  const log = await loadLog(options);
  const training = options.training && (await loadLog({ ...options, impressions: options.training }));
  const known = new Map(Object.entries(await loadPopularity(options.popularity)));
  const popular = known.size === 0 && training ? popularity(training) : known;
  const history = training ? withHistory(log, training) : log;
  const measured = new Set(log);
  const { examples } = buildDataset(history, spec, ({ id }) => popular.get(id));
  const { k, group, minGroup } = options;
  const evaluation = await evaluateRanker(
    examples.filter(({ list }) => measured.has(list)),
    scorer,
    {
      popularity: popular,
      output,
      ...(training && { neighbours: itemNeighbours(training) }),
      ...(k !== undefined && { k }),
      ...(group && { groups: group }),
      ...(minGroup !== undefined && { minGroupLists: minGroup }),
    },
  );
  if (evaluation.lists === 0) {
    throw new CliError(options.impressions, '', 'at least one list of which something was chosen', 'none');
  }
  const whole: Evaluation = {
    ...evaluation,
    model: { sha256: createHash('sha256').update(bytes).digest('hex'), spec: fingerprint(spec), output },
    ...(training && { sharedLists: sharedLists(log, training) }),
  };
  if (options.out) await writeAtomically(options.out, `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
}
