import { createHash } from 'node:crypto';
import type { AnyFeatureSpec } from '@inkling/core';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { buildDataset, type Example } from '../dataset/build-dataset.ts';
import { popularity } from '../dataset/popularity.ts';
import { evaluateRanker } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { itemNeighbours } from '../evaluate/item-knn.ts';
import { sharedLists, withHistory } from '../evaluate/with-history.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { loadRanker, type Ranker, readModel } from '../model/load-scorer.ts';
import { readJson } from '../read-json.ts';
import { writeAtomically } from '../write-atomically.ts';
import { wholeNumber } from './arguments.ts';
import { evaluationTable } from './evaluation-table.ts';
import { type LogFiles, loadLog, loadNeighbours, loadPopularity, withLogOptions } from './log-files.ts';
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
  return withEvaluateOptions(
    new Command('evaluate').description('measure a ranker on lists it was not trained on'),
  )
    .option('--out <file>', 'write the figures as JSON, for `inkling pack --evaluation`')
    .option('--json', 'print the figures as JSON')
    .action(async (options: EvaluateCommand & { readonly json?: boolean }) => {
      const evaluation = await runEvaluate(options);
      print(options.json ? JSON.stringify(evaluation, null, 2) : evaluationTable(evaluation));
    });
}

/** What every command that measures a ranker takes. */
export function withEvaluateOptions(command: Command): Command {
  return withLogOptions(command)
    .requiredOption('--model <file>', 'ranker.onnx')
    .option('--popularity <file>', 'popularity.json of the training data')
    .option('--training <file>', 'the log of the training: visitors’ histories, and the item-kNN baseline')
    .option('-k <n>', 'the k of NDCG and HR', wholeNumber, 10)
    .option('--group <column...>', 'figures by a signal, item:group or attribute:name, and their gaps')
    .option('--min-group <n>', 'groups with fewer lists are not judged', wholeNumber, 200);
}

/** What was measured, and what it was measured on. */
export interface MeasuredFiles {
  readonly evaluation: Evaluation;
  readonly examples: readonly Example[];
  readonly spec: AnyFeatureSpec;
  readonly bytes: Uint8Array;
  readonly ranker: Ranker;
}

/** `inkling evaluate`: measures a ranker on lists it was not trained on. @throws CliError */
export async function runEvaluate(options: EvaluateCommand): Promise<Evaluation> {
  const { evaluation } = await measureFiles(options);
  if (options.out) await writeAtomically(options.out, `${JSON.stringify(evaluation, null, 2)}\n`);
  return evaluation;
}

/** @throws CliError */
export async function measureFiles(options: EvaluateCommand): Promise<MeasuredFiles> {
  const spec = await readJson(options.spec, featureSpecSchema);
  const bytes = await readModel(options.model);
  const ranker = await loadRanker(options.model, bytes, spec);
  const { scorer, output } = ranker;
  const log = await loadLog(options);
  const training = options.training && (await loadLog({ ...options, impressions: options.training }));
  const known = new Map(Object.entries(await loadPopularity(options.popularity)));
  const popular = known.size === 0 && training ? popularity(training) : known;
  const history = training ? withHistory(log, training) : log;
  const measured = new Set(log);
  const dataset = buildDataset(history, spec, ({ id }) => popular.get(id), await loadNeighbours(options));
  const examples = dataset.examples.filter(({ list }) => measured.has(list));
  const { k, group, minGroup } = options;
  const evaluation = await evaluateRanker(examples, scorer, {
    popularity: popular,
    output,
    ...(training && { neighbours: itemNeighbours(training) }),
    ...(k !== undefined && { k }),
    ...(group && { groups: group }),
    ...(minGroup !== undefined && { minGroupLists: minGroup }),
  });
  if (evaluation.lists === 0) {
    throw new CliError(options.impressions, '', 'at least one list of which something was chosen', 'none');
  }
  const model = { sha256: createHash('sha256').update(bytes).digest('hex'), spec: fingerprint(spec), output };
  return {
    evaluation: { ...evaluation, model, ...(training && { sharedLists: sharedLists(log, training) }) },
    examples,
    spec,
    bytes,
    ranker,
  };
}
