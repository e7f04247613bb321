import { join } from 'node:path';
import type { Item } from '@inkling/core';
import { catalogSchema, featureSpecSchema, slotsSchema } from '@inkling/core/pack-schema';
import { z } from 'zod';
import { buildDataset } from './build-dataset.ts';
import { buildPack } from './build-pack.ts';
import { type Evaluation, evaluateRanker } from './evaluate.ts';
import { loadScorer, readModel } from './load-scorer.ts';
import type { Log } from './log.ts';
import { mappingSchema } from './mapping.ts';
import { readJson } from './read-json.ts';
import { readLog } from './read-log.ts';
import type { EpochProgress } from './train-network.ts';
import { trainRanker } from './train-ranker.ts';
import { writeAtomically } from './write-atomically.ts';

interface LogFiles {
  readonly impressions: string;
  readonly mapping: string;
  readonly spec: string;
  readonly catalog?: string;
}

export interface TrainCommand extends LogFiles {
  readonly out: string;
  readonly epochs?: number;
  readonly seed?: string;
  readonly onEpoch?: (progress: EpochProgress) => void;
}

/** `inkling train`: writes ranker.onnx, popularity.json and metrics.json into a folder. */
export async function runTrain(options: TrainCommand): Promise<Evaluation> {
  const { out, impressions, mapping, spec, catalog, ...training } = options;
  const log = await loadLog({ impressions, mapping, ...(catalog && { catalog }) });
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
  readonly out: string;
  readonly now: () => Date;
}

const metricsSchema: z.ZodType<{ readonly cases: Readonly<Record<string, { mrr: { value: number } }>> }> =
  z.object({
    cases: z.record(z.string(), z.object({ mrr: z.object({ value: z.number() }) })),
  });
const cardSchema: z.ZodType<{ readonly summary: string; readonly data: string }> = z.strictObject({
  summary: z.string().min(1),
  data: z.string().min(1),
});

/** `inkling pack`: writes pack.json and its assets into a folder. @returns the names and sizes of the files */
export async function runPack(options: PackCommand): Promise<ReadonlyMap<string, number>> {
  const metrics = options.metrics ? (await readJson(options.metrics, metricsSchema)).cases : {};
  const { files } = await buildPack({
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
  });
  for (const [name, content] of files) await writeAtomically(join(options.out, name), content);
  return new Map([...files].map(([name, content]) => [name, content.length]));
}

async function loadLog({ impressions, mapping, catalog }: Omit<LogFiles, 'spec'>): Promise<Log> {
  const items: readonly Item[] = catalog ? await readJson(catalog, catalogSchema) : [];
  return readLog(
    impressions,
    await readJson(mapping, mappingSchema),
    new Map(items.map((item) => [item.id, item])),
  );
}

async function readPopularity(file: string | undefined): Promise<Readonly<Record<string, number>>> {
  return file ? readJson(file, z.record(z.string(), z.number().nonnegative())) : {};
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
