import { createHash } from 'node:crypto';
import type { AnyFeatureSpec, Scorer } from '@inkling/core';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import { Command } from 'commander';
import { checkOutputFile } from '../check-output.ts';
import { CliError } from '../cli-error.ts';
import { type Example, type PopularityOf, streamExamples } from '../dataset/build-dataset.ts';
import { popularityFrom } from '../dataset/popularity.ts';
import { evaluateRanker } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { itemNeighboursFrom } from '../evaluate/item-knn.ts';
import { predictionsIn } from '../evaluate/predictions.ts';
import { withHistory } from '../evaluate/with-history.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { loadRanker, type Ranker } from '../model/load-scorer.ts';
import { readInput } from '../read-input.ts';
import { readJson } from '../read-json.ts';
import { writeAtomically } from '../write-atomically.ts';
import { wholeNumber } from './arguments.ts';
import { evaluationTable } from './evaluation-table.ts';
import { type LogFiles, loadNeighbours, loadPopularity, withLists, withLogOptions } from './log-files.ts';
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

/** What was measured. */
export interface MeasuredFiles {
  readonly evaluation: Evaluation;
  readonly spec: AnyFeatureSpec;
  readonly bytes: Uint8Array;
  readonly ranker: Ranker;
}

/** `inkling evaluate`: measures a ranker on lists it was not trained on. @throws CliError */
export async function runEvaluate(options: EvaluateCommand): Promise<Evaluation> {
  if (options.out) await checkOutputFile(options.out);
  const { evaluation } = await measureFiles(options);
  if (options.out) await writeAtomically(options.out, `${JSON.stringify(evaluation, null, 2)}\n`);
  return evaluation;
}

/** @param observe told of every list and its scores, one at a time, visitor by visitor @throws CliError */
export async function measureFiles(
  options: EvaluateCommand,
  observe?: (example: Example, scorer: Scorer) => void,
): Promise<MeasuredFiles> {
  const spec = await readJson(options.spec, featureSpecSchema);
  const bytes = await readInput(options.model);
  const ranker = await loadRanker(options.model, bytes, spec);
  const neighboursOf = await loadNeighbours(options);
  const known = new Map(Object.entries(await loadPopularity(options.popularity)));
  const { training, k, group, minGroup } = options;
  const files = [options, ...(training === undefined ? [] : [{ ...options, impressions: training }])];
  const evaluation = await withLists(files, async (log, past) => {
    const popularity = known.size === 0 && past ? await popularityFrom(past) : known;
    const neighbours = past && (await itemNeighboursFrom(past.entries('visitor')));
    const walked = past ? withHistory(log, past) : log;
    const popularityOf: PopularityOf = ({ id }) => popularity.get(id);
    const examples = observed(streamExamples(walked, spec, { popularityOf, neighboursOf }), (example) =>
      observe?.(example, ranker.scorer),
    );
    const measured = await evaluateRanker(examples, ranker.scorer, {
      popularity,
      output: ranker.output,
      predictions: await predictionsIn(log.database),
      ...(neighbours && { neighbours }),
      ...(k !== undefined && { k }),
      ...(group && { groups: group }),
      ...(minGroup !== undefined && { minGroupLists: minGroup }),
    });
    if (measured.lists === 0) {
      throw new CliError(options.impressions, '', 'at least one list of which something was chosen', 'none');
    }
    const model = {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      spec: fingerprint(spec),
      output: ranker.output,
    };
    return { ...measured, model, ...('sharedLists' in walked && { sharedLists: walked.sharedLists() }) };
  });
  return { evaluation, spec, bytes, ranker };
}

async function* observed(
  examples: AsyncIterable<Example>,
  observe: (example: Example) => void,
): AsyncGenerator<Example> {
  for await (const example of examples) {
    observe(example);
    yield example;
  }
}
