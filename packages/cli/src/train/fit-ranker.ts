import { createHash } from 'node:crypto';
import type { Encoder, ModelOutput } from '@inkling/core';
import { CliError } from '../cli-error.ts';
import type { EncodedLists } from '../dataset/encoded-lists.ts';
import { canonicalJson } from '../model/fingerprint.ts';
import { fileCheckpoint } from './checkpoint.ts';
import type { NetworkKind, NetworkSpec } from './network.ts';
import { networkColumns } from './network-columns.ts';
import { surveyLists } from './survey.ts';
import { type EpochProgress, type FitOptions, trainNetwork } from './train-network.ts';
import type { WeightFormat } from './weight-format.ts';
import { countWeights } from './weights.ts';
import { writeOnnx } from './write-onnx.ts';

export interface NetworkOptions extends FitOptions {
  /** @default 'mlp' */
  readonly model?: NetworkKind;
  /** Widths of the hidden layers. @default [32, 16] */
  readonly hidden?: readonly number[];
  /** Numbers that stand for an id. @default 8 */
  readonly factors?: number;
  /** @default 'float32' */
  readonly weights?: WeightFormat;
  /** What the score means: by default a `logit` of the pointwise loss, a `utility` of the others. A `probability` can only
   * be had of the pointwise loss. */
  readonly output?: ModelOutput;
  /** Tags whose items were left out of the log; the model's metadata says so. @default none */
  readonly sensitive?: readonly string[];
  /** File to keep the training's state in, epoch by epoch. @default none is kept */
  readonly checkpoint?: string;
  /** Whether to go on from that file. @default false */
  readonly isResuming?: boolean;
}

/** What `inkling.training` says in the model's metadata. */
export interface TrainingSummary {
  readonly model: string;
  readonly loss: string;
  /** sha256 over the encoded training lists, in whatever order. */
  readonly data: string;
  readonly lists: number;
  readonly visitors: number;
  /** First and last list, ISO 8601. */
  readonly period: readonly [string, string];
  /** The one that was kept, from 1. */
  readonly epochs: number;
  /** Of that epoch; null without validation lists. */
  readonly validation: { readonly loss: number; readonly mrr: number } | null;
  readonly seed: string;
  /** Tags whose items were left out of the log. */
  readonly sensitive: readonly string[];
}

export interface FittedRanker {
  readonly model: Uint8Array;
  readonly parameters: number;
  readonly summary: TrainingSummary;
  /** Whether the signal ended training, so that this is the best so far. */
  readonly isStopped: boolean;
}

export interface RankerData {
  readonly encoder: Encoder;
  /** Fingerprint of the spec as it was written. */
  readonly spec: string;
  readonly train: EncodedLists;
  readonly validation: EncodedLists;
  readonly period: readonly [string, string];
}

/** Fits a network to encoded lists and writes it as ONNX.
 * @throws CliError for options that do not go together, and what `trainNetwork` throws */
export async function fitRanker(data: RankerData, options: NetworkOptions): Promise<FittedRanker> {
  const {
    model: kind = 'mlp',
    hidden = [32, 16],
    factors = 8,
    loss = 'listwise',
    seed = 'inkling',
  } = options;
  const { weights: format = 'float32', output = loss === 'pointwise' ? 'logit' : 'utility' } = options;
  if ((output === 'utility') === (loss === 'pointwise')) {
    const expected =
      loss === 'pointwise' ? 'logit or probability' : `utility, which is what a ${loss} loss gives`;
    throw new CliError('options', '--output', expected, output);
  }
  const network: NetworkSpec = { kind, columns: networkColumns(data.encoder), hidden, factors };
  const { hash, visitors, scale } = await surveyLists(data.train, network.columns);
  const { learningRate, l2, batch } = options;
  const state = { spec: data.spec, hash, kind, hidden, factors, loss, seed, learningRate, l2, batch };
  const key = createHash('sha256').update(canonicalJson(state)).digest('hex');
  const { best, isStopped } = await trainNetwork(
    network,
    { train: data.train, validation: data.validation, scale },
    options,
    options.checkpoint ? fileCheckpoint(options.checkpoint, key, options.isResuming ?? false) : undefined,
  );
  const summary: TrainingSummary = {
    model: kind,
    loss,
    data: hash,
    lists: data.train.count,
    visitors,
    period: data.period,
    epochs: best.epoch.epoch,
    validation: validationOf(best.epoch),
    seed,
    sensitive: options.sensitive ?? [],
  };
  const model = writeOnnx(network, best.weights, scale, {
    format,
    isProbability: output === 'probability',
    metadata: {
      'inkling.spec': data.spec,
      'inkling.output': output,
      'inkling.training': canonicalJson(summary),
    },
  });
  return { model, parameters: countWeights(best.weights), summary, isStopped };
}

function validationOf({ validationLoss, mrr }: EpochProgress): TrainingSummary['validation'] {
  return Number.isNaN(validationLoss) ? null : { loss: validationLoss, mrr };
}
