import { featureSpecSchema, slotsSchema } from '@inkling/core/pack-schema';
import { Command } from 'commander';
import color from 'picocolors';
import { CliError } from '../cli-error.ts';
import type { ValueOptions } from '../counterfactual/estimators.ts';
import { impressionsOf, shownItems } from '../counterfactual/impression.ts';
import { countItemShares, countShown } from '../counterfactual/item-shares.ts';
import { createRoundSpill } from '../counterfactual/round-spill.ts';
import { createRoundTable, type RoundTable } from '../counterfactual/round-table.ts';
import { roundOfSlate } from '../counterfactual/slate-rounds.ts';
import { type Counterfactual, valuePolicy } from '../counterfactual/value-policy.ts';
import { type PopularityOf, streamExamples } from '../dataset/build-dataset.ts';
import type { OpenedLog } from '../log/open-log.ts';
import { loadRanker } from '../model/load-scorer.ts';
import { readInput } from '../read-input.ts';
import { readJson } from '../read-json.ts';
import { positiveNumber } from './arguments.ts';
import { counterfactualTable } from './counterfactual-table.ts';
import { type LogFiles, loadNeighbours, loadPopularity, withLists } from './log-files.ts';
import { print, say } from './print.ts';

/** The target policy is that of another log, or a ranker in a slot. */
export interface CounterfactualCommand extends Omit<LogFiles, 'spec' | 'sensitive'>, ValueOptions {
  /** Log whose shares of items by position are the target policy. */
  readonly target?: string;
  readonly spec?: string;
  readonly model?: string;
  readonly popularity?: string;
  readonly slots?: string;
  readonly slot?: string;
}

export function counterfactualCommand(): Command {
  return new Command('counterfactual')
    .description('value a policy from the log of another, which recorded its propensities')
    .requiredOption('--impressions <file>', 'log of shown lists: .csv or .ndjson, plain or .gz')
    .requiredOption('--mapping <file>', 'what the columns of the log mean; names the propensity')
    .option('--target <file>', 'a log whose shares of items by position are the policy')
    .option('--slots <file>', 'or a slot of this file, filled by a ranker:')
    .option('--slot <id>', 'which slot')
    .option('--spec <file>', 'feature spec')
    .option('--model <file>', 'ranker.onnx')
    .option('--popularity <file>', 'popularity.json of the training data')
    .option('--catalog <file>', 'items known beside the log')
    .option('--neighbours <file>', 'which items go together, for the feature last:neighbours')
    .option('--clip <weight>', 'take weights above down to this one', positiveNumber)
    .option('--threshold <weight>', 'for switch-dr and dros, instead of the best', positiveNumber)
    .option('--json', 'print the figures as JSON')
    .action(async (options: CounterfactualCommand & { readonly json?: boolean }) => {
      const result = await runCounterfactual(options);
      print(
        options.json
          ? JSON.stringify(result, null, 2)
          : counterfactualTable(result, options.target ? 'impression' : 'slate'),
      );
      for (const { reason } of result.refusals) say(`${color.red('refused')} ${reason}`);
      // A script that goes on after a refusal would go on without a figure.
      if (result.refusals.length > 0) process.exitCode = 2;
    });
}

/** `inkling counterfactual`: values a policy from the log of another, or says why that log cannot. */
export async function runCounterfactual(options: CounterfactualCommand): Promise<Counterfactual> {
  return options.target ? valueShares(options, options.target) : valueSlates(options);
}

async function valueShares(options: CounterfactualCommand, target: string): Promise<Counterfactual> {
  return withLists([options, { ...options, impressions: target }], async (log, other) => {
    const shares = countItemShares();
    for await (const entry of (other as OpenedLog).entries('time')) {
      if (entry.kind === 'list') for (const shown of shownItems(entry)) shares.add(shown);
    }
    const counted = countShown();
    for await (const entry of log.entries('time')) {
      if (entry.kind === 'list') for (const shown of shownItems(entry)) counted.add(shown);
    }
    const toRound = counted.finish(shares.finish());
    const rounds = createRoundTable();
    for await (const entry of log.entries('time')) {
      if (entry.kind !== 'list') continue;
      for (const impression of impressionsOf(entry, options.impressions)) rounds.add(toRound(impression));
    }
    return valueRounds(rounds.finish(), options);
  });
}

async function valueSlates(options: CounterfactualCommand): Promise<Counterfactual> {
  const { spec: specFile, model, slots: slotsFile, slot: id, impressions, popularity } = options;
  if (!specFile || !model || !slotsFile || !id) {
    const policy = '--target, or all of --slots, --slot, --spec and --model';
    throw new CliError('inkling counterfactual', '', policy, 'neither');
  }
  const spec = await readJson(specFile, featureSpecSchema);
  const slots = await readJson(slotsFile, slotsSchema);
  const slot = slots.find((each) => each.id === id);
  if (!slot) throw new CliError(slotsFile, '', `a slot ${id}`, slots.map((each) => each.id).join(', '));
  const popular = await loadPopularity(popularity);
  const ranker = await loadRanker(model, await readInput(model), spec);
  const neighboursOf = await loadNeighbours(options);
  const popularityOf: PopularityOf = (item) => popular[item.id];
  return withLists([options], async (log) => {
    const rounds = createRoundSpill(log.database.folder);
    for await (const example of streamExamples(log, spec, { popularityOf, neighboursOf })) {
      const round = roundOfSlate(example, { slot, ...ranker }, impressions);
      if (round) rounds.add(round, example.list);
    }
    return valueRounds(rounds.finish(), options);
  });
}

/** @throws CliError where there is none */
function valueRounds(rounds: RoundTable, options: CounterfactualCommand): Counterfactual {
  if (rounds.rewards.length === 0) throw new CliError(options.impressions, '', 'at least one list', 'none');
  return valuePolicy(rounds, options);
}
