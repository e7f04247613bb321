import type { Item } from '@inkling/core';
import { featureSpecSchema } from '@inkling/core/pack-schema';
import { Command, InvalidArgumentError } from 'commander';
import { type Example, streamExamples } from '../dataset/build-dataset.ts';
import { type ColumnDrift, type Drift, driftOf } from '../evaluate/drift.ts';
import type { OpenedLog } from '../log/open-log.ts';
import { readJson } from '../read-json.ts';
import { loadNeighbours, loadPopularity, withLists } from './log-files.ts';
import { print, say } from './print.ts';

export interface DriftCommand {
  /** Logs of the two periods. */
  readonly before: string;
  readonly after: string;
  readonly mapping: string;
  readonly spec: string;
  readonly catalog?: string;
  readonly popularity?: string;
  readonly neighbours?: string;
}

/** Which columns are too much. */
interface FailOn {
  readonly text: string;
  matches(column: ColumnDrift): boolean;
}

export function driftCommand(): Command {
  return new Command('drift')
    .description('compare every feature between two periods')
    .requiredOption('--before <file>', 'log of the earlier period, as `inkling train` takes it')
    .requiredOption('--after <file>', 'log of the later period')
    .requiredOption('--mapping <file>', 'what the columns of the logs mean')
    .requiredOption('--spec <file>', 'feature spec')
    .option('--catalog <file>', 'items known beside the logs')
    .option('--neighbours <file>', 'which items go together, for the feature last:neighbours')
    .option('--popularity <file>', 'popularity.json of the training data')
    .option('--fail-on <condition>', 'exit code 1 where a feature has psi>0.25, ks>0.1 or p<0.01', failOn)
    .option('--json', 'print the figures as JSON')
    .action(async (options: DriftCommand & { readonly failOn?: FailOn; readonly json?: boolean }) => {
      const drift = await runDrift(options);
      print(options.json ? JSON.stringify(drift, null, 2) : driftTable(drift));
      const found = drift.columns.filter((column) => options.failOn?.matches(column));
      if (found.length === 0) return;
      say(`${options.failOn?.text}: ${found.map(({ name }) => name).join(', ')}`);
      process.exitCode = 1;
    });
}

/** `inkling drift`: compares every feature between two periods. Profiles start empty in both. @throws CliError */
export async function runDrift(options: DriftCommand): Promise<Drift> {
  const spec = await readJson(options.spec, featureSpecSchema);
  const popular = await loadPopularity(options.popularity);
  const neighboursOf = await loadNeighbours(options);
  const popularityOf = ({ id }: Item) => (Object.hasOwn(popular, id) ? popular[id] : undefined);
  const files = [options.before, options.after].map((impressions) => ({ ...options, impressions }));
  return withLists(files, async (before, after) => {
    const periods = [before, after as OpenedLog].map((log) =>
      streamExamples(log, spec, { popularityOf, neighboursOf }),
    );
    return driftOf(periods as [AsyncGenerator<Example>, AsyncGenerator<Example>], spec, before.database);
  });
}

function failOn(text: string): FailOn {
  const [, figure, sign, limit] = /^(psi|ks|p)([<>])(\d*\.?\d+)$/.exec(text.replace(/\s/g, '')) ?? [];
  if (!figure) throw new InvalidArgumentError('expected a condition such as psi>0.25');
  return {
    text,
    matches: (column) => {
      const value = column[figure as 'psi' | 'ks' | 'p'];
      return sign === '>' ? value > Number(limit) : value < Number(limit);
    },
  };
}

function driftTable({ before, after, columns }: Drift): string {
  const width = Math.max(...columns.map(({ name }) => name.length)) + 2;
  const period = ({ lists, visitors, items }: Drift['before']) =>
    `${lists} lists of ${visitors} visitors, ${items} items`;
  return [
    `before ${period(before)}`,
    `after  ${period(after)}`,
    `${'feature'.padEnd(width)}PSI      by chance  level     KS       p`,
    ...columns.map(
      ({ name, psi, expected, level, ks, p }) =>
        `${name.padEnd(width)}${psi.toFixed(4).padEnd(9)}${expected.toFixed(4).padEnd(11)}${level.padEnd(10)}` +
        `${ks.toFixed(4).padEnd(9)}${p.toFixed(4)}`,
    ),
  ].join('\n');
}
