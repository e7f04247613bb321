import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import { Command, Option } from 'commander';
import { checkOutputFolder } from '../check-output.ts';
import { encodeLog } from '../dataset/encode-log.ts';
import { popularityFrom } from '../dataset/popularity.ts';
import { readJson } from '../read-json.ts';
import { judgedTable } from '../rules/judged-table.ts';
import { memberFile } from '../train/checkpoint.ts';
import { LOSSES } from '../train/losses.ts';
import { MODELS, type RankerOptions } from '../train/ranker-options.ts';
import { type TrainingMetrics, trainRanker } from '../train/train-ranker.ts';
import { WEIGHT_FORMATS } from '../train/weight-format.ts';
import { writeAtomically } from '../write-atomically.ts';
import { amount, share, wholeNumber, widths } from './arguments.ts';
import { evaluationTable } from './evaluation-table.ts';
import { type LogFiles, loadNeighbours, openLogFiles, withLogOptions } from './log-files.ts';
import { print, say } from './print.ts';
import { runJudgeRules, runTrainFromRules, sayRulesReport } from './train-from-rules.ts';
import { trainingProgress } from './training-progress.ts';

export interface TrainCommand
  extends LogFiles,
    Omit<RankerOptions, 'checkpoint' | 'isResuming' | 'sensitive'> {
  readonly out: string;
  /** Share of visitors kept for early stopping and for the metrics. @default 0.15 */
  readonly validation?: number;
  /** Whether to go on from the checkpoint that a stopped training left in `out`. @default false */
  readonly resume?: boolean;
}

/** As the shell reports what ended by Ctrl-C. */
const INTERRUPTED = 130;

export function trainCommand(): Command {
  return withLogOptions(
    new Command('train').description('fit a ranker to a log: ranker.onnx, popularity.json, metrics.json'),
  )
    .requiredOption('--out <folder>', 'where the files go')
    .addOption(new Option('--model <kind>', 'what is fitted').choices(MODELS).default('mlp'))
    .addOption(new Option('--loss <name>', 'what it is fitted for').choices(LOSSES).default('listwise'))
    .addOption(
      new Option('--weights <format>', 'how they are kept').choices(WEIGHT_FORMATS).default('float32'),
    )
    .addOption(
      new Option(
        '--output <meaning>',
        'what the score means (default: logit of a pointwise loss, else utility)',
      ).choices(['logit', 'probability', 'utility']),
    )
    .option('--hidden <widths>', 'of the layers, such as 32,16', widths)
    .option('--factors <n>', 'numbers that stand for an id', wholeNumber)
    .option('--members <n>', 'networks from as many seeds, merged into one (linear, mlp, blend)', wholeNumber)
    .option('--trees <n>', 'of a blend, at most', wholeNumber)
    .option('--leaves <n>', 'of a tree', wholeNumber)
    .option('--column-share <x>', 'of the columns that a tree may use', share)
    .option('--epochs <n>', 'at most this many passes, of trees one each', wholeNumber)
    .option('--patience <n>', 'epochs without a lower validation loss before the end', wholeNumber)
    .option('--batch <n>', 'lists a step', wholeNumber)
    .option('--learning-rate <x>', 'of Adam, or what a tree counts for', amount)
    .option('--l2 <x>', 'decoupled weight decay, or what is added to a leaf', amount)
    .option('--embedding-l2 <x>', 'added to the gradient of ids, times their weights', amount)
    .option('--dropout <share>', 'of the hidden units, in each step', share)
    .option('--validation <share>', 'of visitors kept for early stopping and the metrics', share)
    .option('--seed <text>', 'the same seed gives the same model')
    .option('--resume', 'go on where a training of the same log and options was stopped')
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
      const stop = new AbortController();
      // Once: a second Ctrl-C ends the process at once.
      process.once('SIGINT', () => stop.abort());
      const progress = trainingProgress(
        process.stderr,
        () => performance.now(),
        options.model === 'trees' || options.model === 'blend' ? 10 : 1,
      );
      try {
        const metrics = await runTrain({ ...options, ...progress, signal: stop.signal });
        print(evaluationTable(metrics));
        if (judged) print(judged);
        if (!stop.signal.aborted) return;
        say(`stopped: kept the best so far, epoch ${metrics.training.epochs}; --resume goes on`);
      } catch (error) {
        if (!stop.signal.aborted || error !== stop.signal.reason) throw error;
        say('stopped before the first epoch ended: nothing to keep');
      }
      process.exitCode = INTERRUPTED;
    });
}

/** `inkling train`: writes ranker.onnx, popularity.json and metrics.json into a folder, and while it runs
 * checkpoint.bin, with `members` one for each. */
export async function runTrain(options: TrainCommand): Promise<TrainingMetrics> {
  const { out, resume = false, members = 1, validation: share } = options;
  await checkOutputFolder(out);
  const spec = await readJson(options.spec, featureSpecSchema);
  const neighboursOf = await loadNeighbours(options);
  const checkpoint = join(out, 'checkpoint.bin');
  const opened = await openLogFiles(options);
  try {
    const encoded = await encodeLog(opened, spec, { neighboursOf, ...(share !== undefined && { share }) });
    const trained = await trainRanker(encoded, spec, { ...options, checkpoint, isResuming: resume });
    await writeAtomically(join(out, 'ranker.onnx'), trained.model);
    await writeAtomically(
      join(out, 'popularity.json'),
      pretty(Object.fromEntries(await popularityFrom(opened))),
    );
    await writeAtomically(join(out, 'metrics.json'), pretty(trained.metrics));
    // The trees of a blend are one more.
    for (let member = 1; !trained.isStopped && member <= members + 1; member++) {
      await rm(memberFile(checkpoint, member), { force: true });
    }
    return trained.metrics;
  } finally {
    await opened.close();
  }
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
