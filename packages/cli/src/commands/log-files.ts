import type { Item } from '@inkling/core';
import { catalogSchema } from '@inkling/core/pack-schema';
import type { Command } from 'commander';
import { z } from 'zod';
import { dropSensitive } from '../log/drop-sensitive.ts';
import type { Log } from '../log/log.ts';
import { mappingSchema } from '../log/mapping.ts';
import { readLog } from '../log/read-log.ts';
import { readJson } from '../read-json.ts';

/** What every command that reads a log takes. */
export interface LogFiles {
  readonly impressions: string;
  readonly mapping: string;
  readonly spec: string;
  readonly catalog?: string;
  /** Tags of items of which nothing may be learnt. */
  readonly sensitive?: readonly string[];
}

export function withLogOptions(command: Command): Command {
  return command
    .requiredOption('--impressions <file>', 'log of shown lists: .csv or .ndjson, plain or .gz')
    .requiredOption('--mapping <file>', 'what the columns of the log mean')
    .requiredOption('--spec <file>', 'feature spec')
    .option('--catalog <file>', 'items known beside the log')
    .option('--sensitive <tag...>', 'leave out items with one of these tags, as the pack does');
}

export async function loadLog({
  impressions,
  mapping,
  catalog,
  sensitive,
}: Omit<LogFiles, 'spec'>): Promise<Log> {
  const items: readonly Item[] = catalog ? await readJson(catalog, catalogSchema) : [];
  const known = new Map(items.map((item) => [item.id, item]));
  const log = await readLog(impressions, await readJson(mapping, mappingSchema), known);
  return dropSensitive(log, new Set(sensitive), known);
}

/** @param file popularity.json of the training data. @default nothing is known */
export async function loadPopularity(file: string | undefined): Promise<Readonly<Record<string, number>>> {
  return file ? readJson(file, z.record(z.string(), z.number().nonnegative())) : {};
}
