import { join } from 'node:path';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import { Command, Option } from 'commander';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { readJson } from '../read-json.ts';
import { judgedTable } from '../rules/judged-table.ts';
import type { EpochProgress } from '../train/train-network.ts';
import { trainRanker } from '../train/train-ranker.ts';
import { writeAtomically } from '../write-atomically.ts';
import { wholeNumber } from './arguments.ts';
import { evaluationTable } from './evaluation-table.ts';
import { type LogFiles, loadLog, withLogOptions } from './log-files.ts';
import { print, say } from './print.ts';
import { runJudgeRules, runTrainFromRules, sayRulesReport } from './train-from-rules.ts';

export interface TrainCommand extends LogFiles {
  readonly out: string;
  readonly epochs?: number;
  readonly seed?: string;
  readonly onEpoch?: (progress: EpochProgress) => void;
}

export function trainCommand(): Command {
  return withLogOptions(
    new Command('train').description('fit a ranker to a log: ranker.onnx, popularity.json, metrics.json'),
  )
    .requiredOption('--out <folder>', 'where the files go')
    .option('--epochs <n>', 'at most this many passes', wholeNumber)
    .option('--seed <text>', 'the same seed gives the same model')
    .addOption(
      new Option('--from-rules <file>', 'compile declared affinities instead of reading a log').implies({
        impressions: '',
        mapping: '',
        spec: '',
      }),
    )
    .option('--rules <file>', 'say of each declared affinity what the log says')
    .action(async (options: TrainCommand & { readonly fromRules?: string; readonly rules?: string }) => {
      const { fromRules, rules } = options;
      if (fromRules) return sayRulesReport(await runTrainFromRules({ ...options, fromRules }));
      // First, because it finds what is wrong with the rules, and training may take long.
      const judged = rules && judgedTable(await runJudgeRules({ ...options, rules }));
      const metrics = await runTrain({
        ...options,
        onEpoch: ({ epoch, loss, mrr }) =>
          say(
            `epoch ${String(epoch).padStart(3)}  loss ${loss.toFixed(4)}  validation MRR ${mrr.toFixed(4)}`,
          ),
      });
      print(evaluationTable(metrics));
      if (judged) print(judged);
    });
}

/** `inkling train`: writes ranker.onnx, popularity.json and metrics.json into a folder. */
export async function runTrain(options: TrainCommand): Promise<Evaluation> {
  const { out, impressions, mapping, spec, catalog, sensitive = [], ...training } = options;
  const log = await loadLog({ impressions, mapping, sensitive, ...(catalog && { catalog }) });
  const trained = await trainRanker(log, await readJson(spec, featureSpecSchema), { ...training, sensitive });
  await writeAtomically(join(out, 'ranker.onnx'), trained.model);
  await writeAtomically(join(out, 'popularity.json'), pretty(Object.fromEntries(trained.popularity)));
  await writeAtomically(join(out, 'metrics.json'), pretty(trained.metrics));
  return trained.metrics;
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
