import { createHash } from 'node:crypto';
import type { AnyFeatureSpec } from '@inkling/core';
import { CliError } from '../cli-error.ts';
import { buildDataset, type Example } from '../dataset/build-dataset.ts';
import { crossFitted, type Popularity, popularity } from '../dataset/popularity.ts';
import { evaluateRanker, splitByVisitor } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Log } from '../log/log.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { loadScorer } from '../model/load-scorer.ts';
import { type TrainOptions, trainNetwork } from './train-network.ts';
import { writeOnnx } from './write-onnx.ts';

export interface TrainedRanker {
  readonly model: Uint8Array;
  readonly metrics: TrainingMetrics;
  readonly popularity: Popularity;
}

/** What metrics.json holds: how the ranker does on the validation lists, of visitors it was not fitted to. By these it was
 * chosen, so a test needs others. */
export interface TrainingMetrics extends Evaluation {
  /** What ships, named before any test list is looked at. */
  readonly chosen: {
    readonly model: string;
    /** Of ranker.onnx, lower-case hex. */
    readonly sha256: string;
    /** MRR on the validation lists. */
    readonly validation: number;
  };
  readonly spec: string;
  readonly trainedLists: number;
  readonly parameters: number;
}

export interface TrainRankerOptions extends TrainOptions {
  /** Share of visitors kept for early stopping and for the metrics. @default 0.15 */
  readonly validation?: number;
  /** Tags whose items were left out of the log; the model's metadata says so. @default none */
  readonly sensitive?: readonly string[];
}

/** From a log and a feature spec to an ONNX ranker. Seeded: the same input gives the same bytes. */
export async function trainRanker(
  log: Log,
  spec: AnyFeatureSpec,
  options: TrainRankerOptions = {},
): Promise<TrainedRanker> {
  const embedding = spec.features.findIndex(({ kind }) => kind === 'embedding');
  if (embedding >= 0) {
    throw new CliError(
      'spec',
      `features[${embedding}]`,
      'what `inkling train` learns from',
      'an embedding, which needs a model of your own',
    );
  }
  const others = crossFitted(log);
  const { width, examples } = buildDataset(log, spec, (item, list) => others(item.id, list));
  const [train, validation] = splitByVisitor(examples, options.validation ?? 0.15);
  const network = trainNetwork(width, train, validation, options);
  const name = fingerprint(spec);
  const model = writeOnnx(network, {
    'inkling.spec': name,
    'inkling.output': 'utility',
    'inkling.training': JSON.stringify({
      lists: train.length,
      visitors: visitorsOf(train),
      sensitive: options.sensitive ?? [],
    }),
  });
  const scorer = await loadScorer('ranker.onnx', model, spec);
  const evaluation = await evaluateRanker(validation, scorer, {
    popularity: popularity(withoutVisitorsOf(log, validation)),
  });
  return {
    model,
    popularity: popularity(log),
    metrics: {
      ...evaluation,
      chosen: {
        model: 'mlp',
        sha256: createHash('sha256').update(model).digest('hex'),
        validation: evaluation.cases.ranker.mrr.value,
      },
      spec: name,
      trainedLists: train.length,
      parameters: network.reduce((sum, { weights, bias }) => sum + weights.length + bias.length, 0),
    },
  };
}

function withoutVisitorsOf(log: Log, examples: readonly Example[]): Log {
  const visitors = new Set(examples.map(({ list }) => list.visitor));
  return log.filter(({ visitor }) => !visitors.has(visitor));
}

function visitorsOf(examples: readonly Example[]): number {
  return new Set(examples.map(({ list }) => list.visitor)).size;
}
