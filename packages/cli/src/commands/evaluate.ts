import { featureSpecSchema } from '@inkling/core/pack-schema';
import { Command } from 'commander';
import { buildDataset } from '../dataset/build-dataset.ts';
import { type Evaluation, evaluateRanker } from '../evaluate/evaluate.ts';
import { loadScorer, readModel } from '../model/load-scorer.ts';
import { readJson } from '../read-json.ts';
import { wholeNumber } from './arguments.ts';
import { evaluationTable } from './evaluation-table.ts';
import { type LogFiles, loadLog, loadPopularity, withLogOptions } from './log-files.ts';
import { print } from './print.ts';

export interface EvaluateCommand extends LogFiles {
  readonly model: string;
  /** Of the training data. */
  readonly popularity?: string;
  readonly k?: number;
}

export function evaluateCommand(): Command {
  return withLogOptions(
    new Command('evaluate').description('measure a ranker on lists it was not trained on'),
  )
    .requiredOption('--model <file>', 'ranker.onnx')
    .option('--popularity <file>', 'popularity.json of the training data')
    .option('-k <n>', 'the k of NDCG and HR', wholeNumber, 10)
    .option('--json', 'print the figures as JSON')
    .action(async (options: EvaluateCommand & { readonly json?: boolean }) => {
      const evaluation = await runEvaluate(options);
      print(options.json ? JSON.stringify(evaluation, null, 2) : evaluationTable(evaluation));
    });
}

/** `inkling evaluate`: measures a ranker on lists it was not trained on. */
export async function runEvaluate(options: EvaluateCommand): Promise<Evaluation> {
  const spec = await readJson(options.spec, featureSpecSchema);
  const log = await loadLog(options);
  const popular = new Map(Object.entries(await loadPopularity(options.popularity)));
  const scorer = await loadScorer(options.model, await readModel(options.model), spec);
  const { examples } = buildDataset(log, spec, ({ id }) => popular.get(id));
  return evaluateRanker(examples, scorer, popular, options.k);
}
