import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Item, Pack } from '@inkling/core';
import {
  catalogSchema,
  featureSpecSchema,
  neighbourEdgesSchema,
  packSettingsSchema,
  slotsSchema,
} from '@inkling/core/pack-schema';
import { z } from 'zod';
import { buildDataset } from './build-dataset.ts';
import { type BuiltPack, buildPack } from './build-pack.ts';
import { dropSensitive } from './drop-sensitive.ts';
import { type Evaluation, evaluateRanker } from './evaluate.ts';
import { createKey, type PublicKey, signPack } from './keys.ts';
import { loadScorer, readModel } from './load-scorer.ts';
import type { Log } from './log.ts';
import { mappingSchema } from './mapping.ts';
import { readJson } from './read-json.ts';
import { readLog } from './read-log.ts';
import type { EpochProgress } from './train-network.ts';
import { trainRanker } from './train-ranker.ts';
import { verifyPack } from './verify-pack.ts';
import { writeAtomically } from './write-atomically.ts';

const SIGNATURE = 'pack.json.sig';

interface LogFiles {
  readonly impressions: string;
  readonly mapping: string;
  readonly spec: string;
  readonly catalog?: string;
  /** Tags of items of which nothing may be learnt. */
  readonly sensitive?: readonly string[];
}

export interface TrainCommand extends LogFiles {
  readonly out: string;
  readonly epochs?: number;
  readonly seed?: string;
  readonly onEpoch?: (progress: EpochProgress) => void;
}

/** `inkling train`: writes ranker.onnx, popularity.json and metrics.json into a folder. */
export async function runTrain(options: TrainCommand): Promise<Evaluation> {
  const { out, impressions, mapping, spec, catalog, sensitive = [], ...training } = options;
  const log = await loadLog({ impressions, mapping, sensitive, ...(catalog && { catalog }) });
  const trained = await trainRanker(log, await readJson(spec, featureSpecSchema), training);
  await writeAtomically(join(out, 'ranker.onnx'), trained.model);
  await writeAtomically(join(out, 'popularity.json'), pretty(Object.fromEntries(trained.popularity)));
  await writeAtomically(join(out, 'metrics.json'), pretty(trained.metrics));
  return trained.metrics;
}

export interface EvaluateCommand extends LogFiles {
  readonly model: string;
  /** Of the training data. */
  readonly popularity?: string;
  readonly k?: number;
}

/** `inkling evaluate`: measures a ranker on lists it was not trained on. */
export async function runEvaluate(options: EvaluateCommand): Promise<Evaluation> {
  const spec = await readJson(options.spec, featureSpecSchema);
  const log = await loadLog(options);
  const popular = new Map(Object.entries(await readPopularity(options.popularity)));
  const scorer = await loadScorer(options.model, await readModel(options.model), spec);
  const { examples } = buildDataset(log, spec, ({ id }) => popular.get(id));
  return evaluateRanker(examples, scorer, popular, options.k);
}

export interface PackCommand {
  readonly id: string;
  readonly version: number;
  readonly catalog: string;
  readonly spec: string;
  readonly slots: string;
  readonly model: string;
  readonly metrics?: string;
  readonly popularity?: string;
  readonly card: string;
  readonly holdout?: number;
  readonly days?: number;
  /** Which items go together. */
  readonly neighbours?: string;
  /** Sensitive tags, experiments and the like. */
  readonly settings?: string;
  readonly floor?: number;
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

const metricsSchema: z.ZodType<{ readonly cases: Readonly<Record<string, { mrr: { value: number } }>> }> =
  z.object({
    cases: z.record(z.string(), z.object({ mrr: z.object({ value: z.number() }) })),
  });
const cardSchema: z.ZodType<{ readonly summary: string; readonly data: string }> = z.strictObject({
  summary: z.string().min(1),
  data: z.string().min(1),
});

/** `inkling pack`: writes pack.json, its signature where there is a key, and its assets into a folder. */
export async function runPack(options: PackCommand): Promise<PackReport> {
  const metrics = options.metrics ? (await readJson(options.metrics, metricsSchema)).cases : {};
  const built = await buildPack({
    id: options.id,
    version: options.version,
    catalog: await readJson(options.catalog, catalogSchema),
    spec: await readJson(options.spec, featureSpecSchema),
    slots: await readJson(options.slots, slotsSchema),
    model: { file: options.model, bytes: await readModel(options.model) },
    popularity: await readPopularity(options.popularity),
    modelCard: {
      ...(await readJson(options.card, cardSchema)),
      metrics: Object.fromEntries(
        Object.entries(metrics).map(([name, { mrr }]) => [`mrr.${name}`, mrr.value]),
      ),
    },
    holdout: options.holdout ?? 0.1,
    createdAt: options.now(),
    days: options.days ?? 90,
    ...(options.floor !== undefined && { floor: options.floor }),
    ...(options.neighbours && { neighbours: await readJson(options.neighbours, neighbourEdgesSchema) }),
    ...(options.settings && { settings: await readJson(options.settings, packSettingsSchema) }),
  });
  const { files, findings } = await signed(built, options.key);
  // The signature of an earlier pack would make this one look tampered with.
  if (!options.key) await rm(join(options.out, SIGNATURE), { force: true });
  for (const [name, content] of files) await writeAtomically(join(options.out, name), content);
  return { files: new Map([...files].map(([name, content]) => [name, content.length])), findings };
}

/** With pack.json.sig before pack.json, which stays the last to be written. */
async function signed(built: BuiltPack, keyFile: string | undefined): Promise<BuiltPack> {
  if (!keyFile) return built;
  const entries = [...built.files];
  const [, json] = entries.at(-1) as [string, Uint8Array];
  entries.splice(-1, 0, [SIGNATURE, await signPack(json, keyFile)]);
  return { ...built, files: new Map(entries) };
}

export interface VerifyCommand {
  readonly folder: string;
  readonly key?: readonly string[];
  readonly now: () => Date;
}

/** `inkling verify`: checks a pack as a browser would, and more. */
export async function runVerify({ folder, key, now }: VerifyCommand): Promise<Pack> {
  return verifyPack({ folder, keys: key, now: now() });
}

/** `inkling keys`: makes a key that signs packs. */
export async function runKeys({ out }: { readonly out: string }): Promise<PublicKey> {
  return createKey(out);
}

async function loadLog({ impressions, mapping, catalog, sensitive }: Omit<LogFiles, 'spec'>): Promise<Log> {
  const items: readonly Item[] = catalog ? await readJson(catalog, catalogSchema) : [];
  const known = new Map(items.map((item) => [item.id, item]));
  const log = await readLog(impressions, await readJson(mapping, mappingSchema), known);
  return dropSensitive(log, new Set(sensitive), known);
}

async function readPopularity(file: string | undefined): Promise<Readonly<Record<string, number>>> {
  return file ? readJson(file, z.record(z.string(), z.number().nonnegative())) : {};
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
