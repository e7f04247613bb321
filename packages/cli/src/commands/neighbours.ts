import type { NeighbourKind } from '@inkling/core';
import { catalogSchema } from '@inkling/core/pack-schema';
import { Command, Option } from 'commander';
import { checkOutputFile } from '../check-output.ts';
import { CliError } from '../cli-error.ts';
import { eventsMappingSchema } from '../neighbours/events-mapping.ts';
import { fitNeighbours, type SizePoint, sizeCurve } from '../neighbours/fit-neighbours.ts';
import type { NeighboursFile } from '../neighbours/fit-to-bytes.ts';
import { readSessions } from '../neighbours/read-sessions.ts';
import { keepItems } from '../neighbours/sessions.ts';
import { readJson } from '../read-json.ts';
import { writeAtomically } from '../write-atomically.ts';
import { wholeNumber } from './arguments.ts';
import { print } from './print.ts';

const MAX_BYTES = 300_000;

export interface NeighboursCommand {
  readonly events: string;
  readonly mapping: string;
  /** Items that are not in it are left out. @default every item of the log is kept */
  readonly catalog?: string;
  /** @default 'viewed' */
  readonly kind?: NeighbourKind;
  /** Of the file in a pack, compressed by brotli. @default 300,000 */
  readonly maxBytes?: number;
  /** A name ending in `.json`, for `inkling pack`, or in `.bin`. */
  readonly out: string;
}

export interface NeighboursReport {
  readonly sessions: number;
  readonly items: number;
  /** Of the file that was written, as brotli leaves it. */
  readonly bytes: number;
  readonly edges: number;
  /** By size, smallest first; empty where too few sessions are there to tell. */
  readonly curve: readonly SizePoint[];
}

export function neighboursCommand(): Command {
  return new Command('neighbours')
    .description('learn from a log which items go together, and what a file of some size buys')
    .requiredOption('--events <file>', 'log of what was viewed or bought: .csv or .ndjson, plain or .gz')
    .requiredOption('--mapping <file>', 'what the columns of the log mean')
    .requiredOption('--out <file>', 'neighbours.json for `inkling pack`, or neighbours.bin as it is served')
    .option('--catalog <file>', 'leave out what it does not have')
    .addOption(new Option('--kind <kind>', 'which events').choices(['viewed', 'bought']).default('viewed'))
    .option('--max-bytes <n>', 'of the file in the pack, compressed', wholeNumber, MAX_BYTES)
    .option('--json', 'print the figures as JSON')
    .action(async (options: NeighboursCommand & { readonly json?: boolean }) => {
      const report = await runNeighbours(options);
      print(options.json ? JSON.stringify(report, null, 2) : reportTable(report));
    });
}

/** `inkling neighbours`: writes which items go together, as many pairs as fit. */
export async function runNeighbours(options: NeighboursCommand): Promise<NeighboursReport> {
  const { events, kind = 'viewed', maxBytes = MAX_BYTES, out } = options;
  if (!/\.(json|bin)$/.test(out)) throw new CliError(out, '', 'a name ending in .json or .bin', out);
  await checkOutputFile(out);
  const logged = await readSessions(events, await readJson(options.mapping, eventsMappingSchema), kind);
  const sessions = options.catalog
    ? keepItems(
        logged,
        (await readJson(options.catalog, catalogSchema)).map(({ id }) => id),
      )
    : logged;
  const [file] = fitNeighbours(sessions, kind, [maxBytes]) as [NeighboursFile];
  if (file.edges.length === 0) {
    const expected = `sessions with two items, and room for them in ${maxBytes} bytes`;
    throw new CliError(events, '', expected, `${sessions.sessions.length} sessions`);
  }
  const curve = sizeCurve(sessions, kind, maxBytes);
  if (out.endsWith('.json')) await writeAtomically(out, `${JSON.stringify({ [kind]: file.edges })}\n`);
  else {
    // The file counts items by their places in this list.
    await writeAtomically(out.replace(/bin$/, 'ids.json'), `${JSON.stringify(file.order)}\n`);
    await writeAtomically(out, file.content);
  }
  return {
    sessions: sessions.sessions.length,
    items: sessions.ids.length,
    bytes: file.bytes,
    edges: file.edges.length,
    curve,
  };
}

function reportTable({ sessions, items, bytes, edges, curve }: NeighboursReport): string {
  const cell = (value: number) => value.toFixed(4).padStart(9);
  return [
    `${edges} edges between ${items} items of ${sessions} sessions: ${bytes} B by brotli`,
    ...(curve.length > 0 ? ['the last tenth of the sessions, predicted by the others:'] : []),
    ...(curve.length > 0 ? ['    bytes    edges    HR@20   MRR@20 HR@20, MRR@20 without repeats'] : []),
    ...curve.map(
      ({ metrics, ...point }) =>
        `${String(point.bytes).padStart(9)}${String(point.edges).padStart(9)}${cell(metrics.hr)}${cell(metrics.mrr)}` +
        `${cell(metrics.noRepeat.hr)}${cell(metrics.noRepeat.mrr)}`,
    ),
  ].join('\n');
}
