import { createHash } from 'node:crypto';
import type { AnyFeatureSpec } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { buildDataset, type Example } from '../dataset/build-dataset.ts';
import { encodedInMemory } from '../dataset/encoded-lists.ts';
import { crossFitted, type Popularity, popularity } from '../dataset/popularity.ts';
import { evaluateRanker, splitByVisitor } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Log } from '../log/log.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { loadScorer } from '../model/load-scorer.ts';
import { fitRanker, type TrainingSummary } from './fit-ranker.ts';
import type { RankerOptions } from './ranker-options.ts';

export interface TrainedRanker {
  readonly model: Uint8Array;
  readonly metrics: TrainingMetrics;
  readonly popularity: Popularity;
  /** Whether the signal ended it, so that this is the best so far. */
  readonly isStopped: boolean;
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
  readonly training: TrainingSummary;
}

export interface TrainRankerOptions extends RankerOptions {
  /** Share of visitors kept for early stopping and for the metrics. @default 0.15 */
  readonly validation?: number;
}

/** From a log and a feature spec to an ONNX ranker. Seeded: the same input gives the same bytes.
 * @throws CliError where there is nothing to learn; the signal's reason where there is nothing to keep yet */
export async function trainRanker(
  log: Log,
  spec: AnyFeatureSpec,
  options: TrainRankerOptions = {},
): Promise<TrainedRanker> {
  const others = crossFitted(log);
  const { width, examples } = buildDataset(log, spec, (item, list) => others(item.id, list));
  const [train, validation] = splitByVisitor(examples, options.validation ?? 0.15);
  const name = fingerprint(spec);
  const ranker = await fitRanker(
    {
      encoder: createFullEncoder(spec),
      spec: name,
      train: encodedInMemory(width, train),
      validation: encodedInMemory(width, validation),
      period: periodOf(train),
    },
    options,
  );
  const scorer = await loadScorer('ranker.onnx', ranker.model, spec);
  const evaluation = await evaluateRanker(validation, scorer, {
    popularity: popularity(withoutVisitorsOf(log, validation)),
  });
  return {
    model: ranker.model,
    popularity: popularity(log),
    metrics: {
      ...evaluation,
      chosen: {
        model: ranker.summary.model,
        sha256: createHash('sha256').update(ranker.model).digest('hex'),
        validation: evaluation.cases.ranker.mrr.value,
      },
      spec: name,
      trainedLists: train.length,
      parameters: ranker.parameters,
      training: ranker.summary,
    },
    isStopped: ranker.isStopped,
  };
}

function periodOf(examples: readonly Example[]): readonly [string, string] {
  const iso = (example: Example | undefined) => (example ? new Date(example.list.at).toISOString() : '');
  return [iso(examples[0]), iso(examples.at(-1))];
}

function withoutVisitorsOf(log: Log, examples: readonly Example[]): Log {
  const visitors = new Set(examples.map(({ list }) => list.visitor));
  return log.filter(({ visitor }) => !visitors.has(visitor));
}
