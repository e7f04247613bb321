import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelCard } from '@inkling/core';
import {
  catalogSchema,
  featureSpecSchema,
  neighbourEdgesSchema,
  packSettingsSchema,
  slotsSchema,
} from '@inkling/core/pack-schema';
import { Command } from 'commander';
import color from 'picocolors';
import { z } from 'zod';
import { checkOutputFolder } from '../check-output.ts';
import { loadRanker } from '../model/load-scorer.ts';
import { type BuiltPack, buildPack } from '../pack/build-pack.ts';
import { cardTextSchema } from '../pack/card-text.ts';
import { type GateInput, gateEvaluationSchema, gateLimitsSchema, passGates } from '../pack/gate.ts';
import { signPack } from '../pack/keys.ts';
import { readInput } from '../read-input.ts';
import { readJson } from '../read-json.ts';
import { writeAtomically } from '../write-atomically.ts';
import { share, wholeNumber } from './arguments.ts';
import { loadPopularity } from './log-files.ts';
import { print, say } from './print.ts';

const SIGNATURE = 'pack.json.sig';

export interface PackCommand {
  readonly id: string;
  readonly version: number;
  readonly catalog: string;
  readonly spec: string;
  readonly slots: string;
  readonly model: string;
  /** Of the training: what was chosen on the validation lists. */
  readonly metrics?: string;
  /** Of `inkling evaluate`, on test lists. */
  readonly evaluation?: string;
  /** Other limits for the gates. */
  readonly gates?: string;
  /** Why a ranker that the gates refuse ships all the same. */
  readonly acceptRisk?: string;
  readonly popularity?: string;
  readonly card: string;
  readonly holdout?: number;
  readonly days?: number;
  /** Which items go together. */
  readonly neighbours?: string;
  /** Sensitive tags, experiments and the like. */
  readonly settings?: string;
  readonly floor?: number;
  /** Every page stays as authored. */
  readonly off?: true;
  /** Private key that signs the pack. */
  readonly key?: string;
  readonly out: string;
  readonly now: () => Date;
}

export interface PackReport {
  /** Names and sizes of the files written. */
  readonly files: ReadonlyMap<string, number>;
  /** What is allowed and yet worth a look, one line each. */
  readonly findings: readonly string[];
}

/** What is read of metrics.json. */
interface Metrics {
  readonly chosen?: { readonly sha256: string };
  readonly cases: Readonly<Record<string, { readonly mrr: { readonly value: number } }>>;
}

const metricsSchema: z.ZodType<Metrics> = z.object({
  chosen: z.object({ sha256: z.string() }).exactOptional(),
  cases: z.record(z.string(), z.object({ mrr: z.object({ value: z.number() }) })),
});
export function packCommand(): Command {
  return new Command('pack')
    .description('bundle catalog, spec, slots and model for a site')
    .requiredOption('--id <name>', 'the site')
    .requiredOption('--pack-version <n>', 'grows with every release', wholeNumber)
    .requiredOption('--catalog <file>', 'items')
    .requiredOption('--spec <file>', 'feature spec')
    .requiredOption('--slots <file>', 'places on the pages')
    .requiredOption('--model <file>', 'ranker.onnx')
    .requiredOption('--card <file>', 'model card in plain words: summary, data, and intendedUse, limits')
    .requiredOption('--out <folder>', 'where the pack goes')
    .option('--metrics <file>', 'metrics.json of `inkling train`')
    .option('--evaluation <file>', 'figures on test lists, by `inkling evaluate --out`')
    .option('--gates <file>', 'other limits: {"minLists", "minLift", "minGroupLists", "maxShortfall"}')
    .option('--accept-risk <why>', 'ship what the gates refuse; the model card says why')
    .option('--popularity <file>', 'popularity.json')
    .option('--holdout <share>', 'share of visitors who get the baseline', share, 0.1)
    .option('--days <n>', 'how long the pack may be used', wholeNumber, 90)
    .option('--neighbours <file>', 'which items go together: {"bought": [["a", "b", 0.5]], "viewed": […]}')
    .option('--settings <file>', 'sensitive tags, experiments, holdouts, canary, popularityBy, adapt, shared')
    .option('--floor <n>', 'revokes every version below', wholeNumber)
    .option('--off', 'the kill switch: every page stays as authored for whoever gets this pack')
    .option('--sign, --key <file>', 'signs the pack with the private key of `inkling keys`')
    .action(async (options: Omit<PackCommand, 'version' | 'now'> & { readonly packVersion: number }) => {
      const { packVersion, ...rest } = options;
      const { files, findings } = await runPack({ ...rest, version: packVersion, now: () => new Date() });
      for (const [name, bytes] of files) print(`${name.padEnd(32)} ${String(bytes).padStart(8)} B`);
      for (const finding of findings) say(`${color.yellow('note')} ${finding}`);
    });
}

/** `inkling pack`: writes pack.json, its signature where there is a key, and its assets into a folder. */
export async function runPack(options: PackCommand): Promise<PackReport> {
  await checkOutputFolder(options.out);
  const spec = await readJson(options.spec, featureSpecSchema);
  const settings = {
    ...(options.settings && (await readJson(options.settings, packSettingsSchema))),
    ...(options.off && { off: options.off }),
  };
  const model = { file: options.model, bytes: await readInput(options.model) };
  const built = await buildPack({
    id: options.id,
    version: options.version,
    catalog: await readJson(options.catalog, catalogSchema),
    spec,
    slots: await readJson(options.slots, slotsSchema),
    model,
    popularity: await loadPopularity(options.popularity),
    modelCard: {
      ...(await readJson(options.card, cardTextSchema)),
      ...(await gated(options, {
        model: { ...model, metadata: (await loadRanker(model.file, model.bytes, spec)).metadata },
        sensitive: settings.sensitive ?? [],
      })),
    },
    holdout: options.holdout ?? 0.1,
    createdAt: options.now(),
    days: options.days ?? 90,
    ...(options.floor !== undefined && { floor: options.floor }),
    ...(options.neighbours && { neighbours: await readJson(options.neighbours, neighbourEdgesSchema) }),
    settings,
  });
  const { files, findings } = await signed(built, options.key);
  // The signature of an earlier pack would make this one look tampered with.
  if (!options.key) await rm(join(options.out, SIGNATURE), { force: true });
  for (const [name, content] of files) await writeAtomically(join(options.out, name), content);
  return { files: new Map([...files].map(([name, content]) => [name, content.length])), findings };
}

/** The figures of the test lists, or else of the validation lists, and what the gates say of the ranker. */
async function gated(
  { metrics, evaluation, gates, acceptRisk }: PackCommand,
  input: Pick<GateInput, 'model' | 'sensitive'>,
): Promise<Omit<ModelCard, 'summary' | 'data'>> {
  const chosen = metrics ? await readJson(metrics, metricsSchema) : undefined;
  const measured = evaluation ? await readJson(evaluation, gateEvaluationSchema) : undefined;
  const cases = Object.entries((measured ?? chosen)?.cases ?? {});
  return {
    metrics: Object.fromEntries(cases.map(([name, { mrr }]) => [`mrr.${name}`, mrr.value])),
    ...passGates(
      {
        ...input,
        ...(measured && { evaluation: measured }),
        ...(chosen?.chosen && { chosen: chosen.chosen }),
        ...(gates && { limits: await readJson(gates, gateLimitsSchema) }),
      },
      acceptRisk,
    ),
  };
}

/** With pack.json.sig before pack.json, which stays the last to be written. */
async function signed(built: BuiltPack, keyFile: string | undefined): Promise<BuiltPack> {
  if (!keyFile) return built;
  const entries = [...built.files];
  const [, json] = entries.at(-1) as [string, Uint8Array];
  entries.splice(-1, 0, [SIGNATURE, await signPack(json, keyFile)]);
  return { ...built, files: new Map(entries) };
}
