#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import color from 'picocolors';
import type { Estimate } from './bootstrap.ts';
import { CliError } from './cli-error.ts';
import {
  type EvaluateCommand,
  type PackCommand,
  runEvaluate,
  runKeys,
  runPack,
  runTrain,
  runVerify,
  type TrainCommand,
} from './commands.ts';
import type { Evaluation } from './evaluate.ts';

const program = new Command('inkling')
  .description('Trains, evaluates and packs a ranker that personalizes a page on the device.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

const logOptions = (command: Command) =>
  command
    .requiredOption('--impressions <file>', 'log of shown lists: .csv or .ndjson, plain or .gz')
    .requiredOption('--mapping <file>', 'what the columns of the log mean')
    .requiredOption('--spec <file>', 'feature spec')
    .option('--catalog <file>', 'items known beside the log')
    .option('--sensitive <tag...>', 'leave out items with one of these tags, as the pack does');

logOptions(
  program.command('train').description('fit a ranker to a log: ranker.onnx, popularity.json, metrics.json'),
)
  .requiredOption('--out <folder>', 'where the files go')
  .option('--epochs <n>', 'at most this many passes', whole)
  .option('--seed <text>', 'the same seed gives the same model')
  .action(async (options: TrainCommand) => {
    const metrics = await runTrain({
      ...options,
      onEpoch: ({ epoch, loss, mrr }) =>
        say(`epoch ${String(epoch).padStart(3)}  loss ${loss.toFixed(4)}  validation MRR ${mrr.toFixed(4)}`),
    });
    print(table(metrics));
  });

logOptions(program.command('evaluate').description('measure a ranker on lists it was not trained on'))
  .requiredOption('--model <file>', 'ranker.onnx')
  .option('--popularity <file>', 'popularity.json of the training data')
  .option('-k <n>', 'the k of NDCG and HR', whole, 10)
  .option('--json', 'print the figures as JSON')
  .action(async (options: EvaluateCommand & { readonly json?: boolean }) => {
    const evaluation = await runEvaluate(options);
    print(options.json ? JSON.stringify(evaluation, null, 2) : table(evaluation));
  });

program
  .command('pack')
  .description('bundle catalog, spec, slots and model for a site')
  .requiredOption('--id <name>', 'the site')
  .requiredOption('--pack-version <n>', 'grows with every release', whole)
  .requiredOption('--catalog <file>', 'items')
  .requiredOption('--spec <file>', 'feature spec')
  .requiredOption('--slots <file>', 'places on the pages')
  .requiredOption('--model <file>', 'ranker.onnx')
  .requiredOption('--card <file>', 'model card: summary and data, in plain words')
  .requiredOption('--out <folder>', 'where the pack goes')
  .option('--metrics <file>', 'metrics.json, for the model card')
  .option('--popularity <file>', 'popularity.json')
  .option('--holdout <share>', 'share of visitors who get the baseline', share, 0.1)
  .option('--days <n>', 'how long the pack may be used', whole, 90)
  .option('--neighbours <file>', 'which items go together: {"bought": [["a", "b", 0.5]], "viewed": […]}')
  .option('--settings <file>', 'sensitive tags, experiments, holdouts, canary, popularityBy, adapt')
  .option('--floor <n>', 'revokes every version below', whole)
  .option('--key <file>', 'signs the pack with the private key of `inkling keys`')
  .action(async (options: Omit<PackCommand, 'version' | 'now'> & { readonly packVersion: number }) => {
    const { packVersion, ...rest } = options;
    const { files, findings } = await runPack({ ...rest, version: packVersion, now: () => new Date() });
    for (const [name, bytes] of files) print(`${name.padEnd(32)} ${String(bytes).padStart(8)} B`);
    for (const finding of findings) say(`${color.yellow('note')} ${finding}`);
  });

program
  .command('keys')
  .description('make a key pair that signs packs')
  .requiredOption(
    '--out <file>',
    'where the private key goes; keep it out of the site and of version control',
  )
  .action(async (options: { readonly out: string }) => {
    const { key, kid } = await runKeys(options);
    print(`private key  ${options.out}\npublic key   ${key}\nkid          ${kid}`);
  });

program
  .command('verify <folder>')
  .description('check a pack: signature, form, expiry, the hash of every asset')
  .option('--key <public key...>', 'one of these must have signed it')
  .action(async (folder: string, options: { readonly key?: readonly string[] }) => {
    const pack = await runVerify({ folder, ...options, now: () => new Date() });
    const signed = options.key ? 'signed' : 'not signed, or not asked';
    print(`${pack.id} version ${pack.version}, floor ${pack.floor}, until ${pack.expiresAt}, ${signed}`);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  say(`${color.red('error')} ${error.message}`);
  process.exitCode = 2;
}

function whole(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number above 0');
}

function share(text: string): number {
  if (/^(0|1|0?\.\d+)$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a number from 0 to 1');
}

function table({ lists, visitors, k, cases }: Evaluation): string {
  const cell = ({ value, low, high }: Estimate) =>
    `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`.padEnd(22);
  return [
    `${lists} lists of ${visitors} visitors, 95% intervals clustered by visitor`,
    `${''.padEnd(12)}${'MRR'.padEnd(22)}${`NDCG@${k}`.padEnd(22)}${`HR@${k}`.padEnd(22)}MRR over displayed`,
    ...Object.entries(cases).map(
      ([name, { mrr, ndcg, hr, gain }]) =>
        `${name.padEnd(12)}${cell(mrr)}${cell(ndcg)}${cell(hr)}${cell(gain)}`,
    ),
  ].join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
