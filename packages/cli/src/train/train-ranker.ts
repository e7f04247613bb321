import { createHash } from 'node:crypto';
import type { AnyFeatureSpec } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import type { EncodedLog } from '../dataset/encode-log.ts';
import { evaluateRanker } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { loadScorer } from '../model/load-scorer.ts';
import { fitRanker, type TrainingSummary } from './fit-ranker.ts';
import type { RankerOptions } from './ranker-options.ts';

export interface TrainedRanker {
  readonly model: Uint8Array;
  readonly metrics: TrainingMetrics;
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
    /** MRR on the validation lists; null for totals. */
    readonly validation: number | null;
  };
  readonly spec: string;
  readonly trainedLists: number;
  readonly parameters: number;
  readonly training: TrainingSummary;
}

/** Totals hold shares: of no list is it known what was chosen from it, and of nobody what he or she chose twice. */
const UNMEASURED: Evaluation = {
  format: 1,
  refused: 'totals know no single list and no visitor: measure on lists (`inkling evaluate`)',
  lists: 0,
  visitors: 0,
  k: 10,
  // There is no case to name where `refused` is said.
  cases: {} as Evaluation['cases'],
  lifts: {},
  minGroupLists: 200,
  groups: [],
};

/** From an encoded log and its feature spec to an ONNX ranker, measured on the visitors held out. Seeded: the same input
 * gives the same bytes.
 * @throws CliError where there is nothing to learn; the signal's reason where there is nothing to keep yet */
export async function trainRanker(
  encoded: EncodedLog,
  spec: AnyFeatureSpec,
  options: RankerOptions = {},
): Promise<TrainedRanker> {
  const name = fingerprint(spec);
  const ranker = await fitRanker({ encoder: createFullEncoder(spec), spec: name, ...encoded }, options);
  const scorer = await loadScorer('ranker.onnx', ranker.model, spec);
  const { heldOut, popularity, isTotals = false } = encoded;
  const evaluation = isTotals ? UNMEASURED : await evaluateRanker(heldOut(), scorer, { popularity });
  return {
    model: ranker.model,
    metrics: {
      ...evaluation,
      chosen: {
        model: ranker.summary.model,
        sha256: createHash('sha256').update(ranker.model).digest('hex'),
        validation: isTotals ? null : evaluation.cases.ranker.mrr.value,
      },
      spec: name,
      trainedLists: encoded.train.count,
      parameters: ranker.parameters,
      training: ranker.summary,
    },
    isStopped: ranker.isStopped,
  };
}
