import { encodeNeighbours, InklingError, type Item } from '@inkling/core';
import { indexNeighbours, type NeighbourScores } from '@inkling/core/candidates';
import { catalogSchema, neighbourEdgesSchema } from '@inkling/core/pack-schema';
import type { Command } from 'commander';
import { z } from 'zod';
import { CliError } from '../cli-error.ts';
import { mappingSchema } from '../log/mapping.ts';
import { type OpenedLog, openLog } from '../log/open-log.ts';
import { readJson } from '../read-json.ts';

/** What every command that reads a log takes. */
export interface LogFiles {
  readonly impressions: string;
  readonly mapping: string;
  readonly spec: string;
  readonly catalog?: string;
  /** Which items go together, as the pack will carry it. They must come from earlier days or other visitors than the log:
   * what is chosen from a list must not be among its own features. */
  readonly neighbours?: string;
  /** Tags of items of which nothing may be learnt. */
  readonly sensitive?: readonly string[];
}

export function withLogOptions(command: Command): Command {
  return command
    .requiredOption(
      '--impressions <file>',
      'log of shown lists: .csv, .tsv or .ndjson, plain or .gz, or .parquet',
    )
    .requiredOption('--mapping <file>', 'what the columns of the log mean')
    .requiredOption('--spec <file>', 'feature spec')
    .option('--catalog <file>', 'items known beside the log')
    .option('--neighbours <file>', 'which items go together, for the feature last:neighbours')
    .option('--sensitive <tag...>', 'leave out items with one of these tags, as the pack does');
}

/** The log that a command names, on disk. @throws CliError also for one that nothing can be learnt from */
export async function openLogFiles({
  impressions,
  mapping,
  catalog,
  sensitive,
}: Omit<LogFiles, 'spec'>): Promise<OpenedLog> {
  const items: readonly Item[] = catalog ? await readJson(catalog, catalogSchema) : [];
  const opened = await openLog(impressions, await readJson(mapping, mappingSchema), {
    catalog: new Map(items.map((item) => [item.id, item])),
    sensitive: new Set(sensitive),
  });
  try {
    await refuseOneClass(impressions, opened);
    return opened;
  } catch (cause) {
    await opened.close();
    throw cause;
  }
}

/** Logs of single lists, open while they are used. @throws CliError also for totals: they know no list that was ordered,
 * and no visitor, so that nothing can be measured on them */
export async function withLists<T>(
  files: readonly Omit<LogFiles, 'spec'>[],
  use: (...opened: [OpenedLog, OpenedLog?]) => Promise<T>,
): Promise<T> {
  const opened: OpenedLog[] = [];
  try {
    for (const each of files) {
      const log = await openLogFiles(each);
      opened.push(log);
      if (!log.isTotals) continue;
      throw new CliError(each.mapping, 'rows', '"items" or "lists": a log of single lists', '"totals"');
    }
    // One file at least.
    return await use(...(opened as [OpenedLog, OpenedLog?]));
  } finally {
    for (const log of opened) await log.close();
  }
}

/** Where nothing was chosen, or nothing passed over, there is no order to learn. */
async function refuseOneClass(file: string, { database, isTotals }: OpenedLog): Promise<void> {
  const shown = isTotals ? 'shown' : '1';
  const [row] = await database.rows(`SELECT sum(${shown}) AS shown, sum(chosen) AS chosen FROM impressions`);
  const [all, chosen] = [Number(row?.shown ?? 0), Number(row?.chosen ?? 0)];
  if (chosen === 0) throw new CliError(file, '', 'items that were chosen', `none of ${all} shown`);
  if (chosen === all) throw new CliError(file, '', 'items that were not chosen', `all ${all} chosen`);
}

/** What a spec that reads `last:neighbours` is encoded with. @throws CliError */
export async function loadNeighbours({
  neighbours,
  catalog: file,
  sensitive = [],
}: Pick<LogFiles, 'neighbours' | 'catalog' | 'sensitive'>): Promise<NeighbourScores | undefined> {
  if (neighbours === undefined) return undefined;
  if (file === undefined) throw new CliError('options', '--neighbours', '--catalog beside it', 'none');
  const catalog = await readJson(file, catalogSchema);
  const edges = await readJson(neighbours, neighbourEdgesSchema);
  try {
    return indexNeighbours({ catalog, neighbours: encodeNeighbours({ catalog, edges, sensitive }) });
  } catch (cause) {
    if (!(cause instanceof InklingError)) throw cause;
    throw new CliError(neighbours, '', 'items of the catalog', cause.message);
  }
}

/** @param file popularity.json of the training data. @default nothing is known */
export async function loadPopularity(file: string | undefined): Promise<Readonly<Record<string, number>>> {
  return file ? readJson(file, z.record(z.string(), z.number().nonnegative())) : {};
}
