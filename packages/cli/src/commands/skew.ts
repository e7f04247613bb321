import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { AssetRole } from '@inkling/core';
import { catalogSchema } from '@inkling/core/pack-schema';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { CliError } from '../cli-error.ts';
import { type KeptRecord, type Skew, skewOf } from '../evaluate/skew.ts';
import { loadScorer } from '../model/load-scorer.ts';
import { verifyPack } from '../pack/verify-pack.ts';
import { checkValue } from '../read-json.ts';
import { print } from './print.ts';

export interface SkewCommand {
  /** NDJSON: a `DecisionRecord` a line. */
  readonly records: string;
  /** Folder or URL of the pack that served them. */
  readonly pack: string;
  /** Scores that are nearer than this are equal. @default 0.000001 */
  readonly tolerance?: number;
}

export function skewCommand(): Command {
  return new Command('skew')
    .description('decide kept records again with their pack: what is other than it was when it was served')
    .requiredOption('--records <file>', 'decision records, one JSON object a line (.ndjson)')
    .requiredOption('--pack <folder or URL>', 'the pack that served them')
    .option('--tolerance <n>', 'scores that are nearer are equal', tolerance, 1e-6)
    .option('--strict', 'exit code 1 where anything differs')
    .option('--json', 'print the figures as JSON')
    .action(async (options: SkewCommand & { readonly strict?: boolean; readonly json?: boolean }) => {
      const skew = await runSkew(options);
      print(options.json ? JSON.stringify(skew, null, 2) : skewTable(skew));
      if (options.strict && skew.differing.length > 0) process.exitCode = 1;
    });
}

/** `inkling skew`: encodes, scores and decides kept records again. @throws CliError */
export async function runSkew({ records, pack: source, tolerance = 1e-6 }: SkewCommand): Promise<Skew> {
  // Records and their pack may be old: when it expires says nothing of them.
  const { pack, assets } = await verifyPack({ source, now: new Date(0) });
  const asset = (role: AssetRole) => {
    const bytes = assets.get(role);
    if (bytes) return bytes;
    throw new CliError(source, 'assets', `a ${role}`, 'none');
  };
  const catalog = new TextDecoder().decode(asset('catalog'));
  const skew = await skewOf(
    readRecords(records),
    {
      pack,
      catalog: checkValue('catalog', JSON.parse(catalog), catalogSchema),
      scorer: await loadScorer(source, asset('model'), pack.spec),
    },
    tolerance,
  );
  if (skew.records === 0) throw new CliError(records, '', 'at least one record', 'none');
  return skew;
}

/** What a record must have to be decided again; the rest is as core wrote it. */
const recordSchema = z.object({
  inputs: z.object({
    slot: z.object({ id: z.string() }),
    candidates: z.array(z.object({ item: z.object({ id: z.string() }) })),
    context: z.record(z.string(), z.unknown()),
    now: z.number(),
  }),
  shown: z.array(z.string()),
  slate: z.object({ items: z.array(z.object({ id: z.string() })) }),
  chosen: z.array(z.object({ id: z.string() })),
  features: z.array(z.number()).exactOptional(),
});

async function* readRecords(file: string): AsyncGenerator<KeptRecord> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new CliError(file, '', 'a readable file', found ? 'a folder' : 'no such file');
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() !== '') yield parseRecord(`${file}: line ${line}`, text);
  }
}

function parseRecord(place: string, text: string): KeptRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CliError(place, '', 'a JSON object', text.slice(0, 60));
  }
  checkValue(place, value, recordSchema);
  return value as KeptRecord;
}

function tolerance(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0) return value;
  throw new InvalidArgumentError('expected a number of at least 0');
}

function skewTable({ records, differing, features, scores, slates }: Skew): string {
  const largest = scores.largest === undefined ? 'no number' : scores.largest.toPrecision(2);
  return [
    `${records} records`,
    `slates    ${slates.differing} do not come out of their own scores again`,
    `scores    ${scores.differing} of ${scores.records} differ, by ${largest} at most; ${scores.failed} without scores`,
    `features  ${features.length === 0 ? 'none differs' : `${features.length} differ`}`,
    ...features.map(
      ({ name, records: count, values, largest: most }) =>
        `  ${name}: ${values} values in ${count} records, by ${most.toPrecision(2)} at most`,
    ),
    ...(differing.length > 0 ? [`records that differ, from 0: ${differing.join(', ')}`] : []),
  ].join('\n');
}
