import { createHash } from 'node:crypto';
import type { Encoder } from '@inkling/core';
import type { EncodedLists } from '../dataset/encoded-lists.ts';
import { canonicalJson } from '../model/fingerprint.ts';
import { fileCheckpoint, memberFile } from './checkpoint.ts';
import { fitCounts, type Priors, scoresOfCounts } from './counts/fit-counts.ts';
import { addCounts } from './counts/write-counts.ts';
import { fitNetworks } from './fit-networks.ts';
import type { NetworkSpec } from './network.ts';
import { type NetworkColumns, networkColumns } from './network-columns.ts';
import { createOnnxGraph, type OnnxGraph } from './onnx-model.ts';
import { checkOptions, type ModelKind, type RankerOptions } from './ranker-options.ts';
import { type Survey, surveyLists } from './survey.ts';
import { type EpochProgress, type ScoreLists, scoresOf, validate } from './train-network.ts';
import { trainTrees } from './trees/train-trees.ts';
import { scoreTrees } from './trees/tree.ts';
import { addTrees } from './trees/write-trees.ts';
import type { WeightFormat } from './weight-format.ts';
import { countWeights } from './weights.ts';
import { addNetwork } from './write-onnx.ts';

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
  /** The one that was kept, from 1; of several members their mean; of trees their number, of counts that of the last signal
   * that counts. */
  readonly epochs: number;
  /** Of a blend, whose epochs are its networks'. */
  readonly trees?: number;
  /** Of counts: by what is counted, and with which priors. */
  readonly priors?: Priors;
  /** Networks that were merged. */
  readonly members: number;
  /** Of what was kept; null without validation lists. Totals, which know no single list, have no MRR. */
  readonly validation: { readonly loss: number; readonly mrr?: number } | null;
  readonly seed: string;
  /** Tags whose items were left out of the log. */
  readonly sensitive: readonly string[];
}

export interface FittedRanker {
  readonly model: Uint8Array;
  /** The same ranker with its weights kept otherwise; trees of a blend stay as they are. @throws CliError for trees alone in
   * another format than float32 */
  readonly write: (format: WeightFormat) => Uint8Array;
  /** Weights, nodes of trees, or cells of tables. */
  readonly parameters: number;
  readonly summary: TrainingSummary;
  /** Whether the signal ended training, so that this is the best so far. */
  readonly isStopped: boolean;
  /** What a blend is the mean of, each alone. */
  readonly parts?: BlendParts<FittedRanker>;
}

interface BlendParts<Part> {
  readonly mlp: Part;
  readonly trees: Part;
}

export interface RankerData {
  readonly encoder: Encoder;
  /** Fingerprint of the spec as it was written. */
  readonly spec: string;
  readonly train: EncodedLists;
  readonly validation: EncodedLists;
  readonly period: readonly [string, string];
  /** Whether the lists are totals, of which there is no MRR. @default false */
  readonly isTotals?: boolean;
}

/** What is fitted, whatever it is made of. */
interface Fitted {
  readonly best: EpochProgress;
  readonly trees?: number;
  readonly priors?: Priors;
  readonly members: number;
  readonly parameters: number;
  readonly isStopped: boolean;
  readonly parts?: BlendParts<Fitted>;
  readonly scoreLists: ScoreLists;
  /** Adds it to a model. @returns the name of its score */
  readonly add: (graph: OnnxGraph, format: WeightFormat) => string;
}

/** Few trees, each of which counts for much: what finer steps gain is lost in the mean, and bytes are not. */
const BLEND_TREES = 120;
const BLEND_LEARNING_RATE = 0.12;

/** Fits a network, boosted trees, both or counts to encoded lists and writes it as ONNX.
 * @throws CliError for options that do not go together, and what `trainNetwork` and `trainTrees` throw */
export async function fitRanker(data: RankerData, options: RankerOptions): Promise<FittedRanker> {
  const { model: kind = 'mlp', loss = 'listwise', seed = 'inkling' } = options;
  const { weights = 'float32', output = loss === 'pointwise' ? 'logit' : 'utility' } = options;
  const columns = networkColumns(data.encoder);
  checkOptions({ ...options, model: kind, output }, columns);
  const survey = await surveyLists(data.train, columns);
  const { isTotals = false } = data;
  const onEpoch = (epoch: EpochProgress) =>
    options.onEpoch?.(isTotals ? { ...epoch, mrr: Number.NaN } : epoch);
  const fitted = await fitKind(data, { ...options, model: kind, onEpoch }, columns, survey);
  const finish = (name: ModelKind, part: Fitted): FittedRanker => {
    const { best, trees, priors, members, parameters, isStopped, parts } = part;
    const summary: TrainingSummary = {
      model: name,
      loss,
      data: survey.hash,
      lists: data.train.count,
      visitors: survey.visitors,
      period: data.period,
      epochs: best.epoch,
      ...(trees !== undefined && { trees }),
      ...(priors && { priors }),
      members,
      validation: validationOf(best, isTotals),
      seed,
      sensitive: options.sensitive ?? [],
    };
    const metadata = {
      'inkling.spec': data.spec,
      'inkling.output': output,
      'inkling.training': canonicalJson(summary),
    };
    const write = (format: WeightFormat) => {
      checkOptions({ model: name, output, loss, weights: format }, columns);
      const graph = createOnnxGraph();
      const score = part.add(graph, format);
      return graph.finish(output === 'probability' ? graph.node('Sigmoid', [score]) : score, metadata);
    };
    const made = parts && { mlp: finish('mlp', parts.mlp), trees: finish('trees', parts.trees) };
    const format = name === 'trees' ? 'float32' : weights;
    return { model: write(format), write, parameters, summary, isStopped, ...(made && { parts: made }) };
  };
  return finish(kind, fitted);
}

function fitKind(
  data: RankerData,
  options: RankerOptions & { readonly model: ModelKind },
  columns: NetworkColumns,
  survey: Survey,
): Promise<Fitted> {
  const { model } = options;
  if (model === 'trees') return fitTrees(data, options, survey, 1);
  if (model === 'blend') return fitBlend(data, options, columns, survey);
  if (model === 'counts') return fitTables(data, options);
  return fitNetwork(data, { ...options, model }, columns, survey);
}

/** The mean of an MLP and boosted trees, which err elsewhere: both give ln p of a choice up to a constant, so that their
 * scores have one scale. */
async function fitBlend(
  data: RankerData,
  options: RankerOptions,
  columns: NetworkColumns,
  survey: Survey,
): Promise<Fitted> {
  const { epochs, patience, l2, trees: most = BLEND_TREES, members = 1, ...common } = options;
  const network = await fitNetwork(data, { ...options, model: 'mlp' }, columns, survey);
  if (network.isStopped) return network;
  const few = { ...common, epochs: most, learningRate: BLEND_LEARNING_RATE };
  const trees = await fitTrees(data, few, survey, members + 1);
  const scoreLists: ScoreLists = (lists) => {
    const others = trees.scoreLists(lists);
    return network.scoreLists(lists).map((score, row) => (score + (others[row] as number)) / 2);
  };
  const held = await validate(data.validation, options, scoreLists);
  return {
    best: { ...network.best, validationLoss: held.loss, mrr: held.mrr },
    trees: trees.best.epoch,
    members: network.members,
    parameters: network.parameters + trees.parameters,
    isStopped: trees.isStopped,
    parts: { mlp: network, trees },
    scoreLists,
    add(graph, format) {
      const sum = graph.node('Add', [network.add(graph, format), trees.add(graph, format)]);
      return graph.node('Mul', [sum, graph.constant('half', 'float32', [1], Float32Array.of(0.5))]);
    },
  };
}

async function fitNetwork(
  data: RankerData,
  options: RankerOptions & { readonly model: NetworkSpec['kind'] },
  columns: NetworkColumns,
  survey: Survey,
): Promise<Fitted> {
  const { model: kind, hidden = [32, 16], factors = 8 } = options;
  const { learningRate, l2, embeddingL2, dropout, batch } = options;
  const steps = { learningRate, l2, embeddingL2, dropout, batch };
  const network: NetworkSpec = { kind, columns, hidden, factors };
  const { weights, ...fitted } = await fitNetworks(
    network,
    { ...data, scale: survey.scale },
    options,
    (member, seed) => checkpointOf(data, survey, options, member, { kind, hidden, factors, seed, ...steps }),
  );
  const scaled = { spec: network, weights, scale: survey.scale };
  return {
    ...fitted,
    parameters: countWeights(weights),
    scoreLists: scoresOf(network, { ...data, scale: survey.scale }, weights),
    add: (graph, format) => addNetwork(graph, scaled, format),
  };
}

/** @param member of a blend, for its checkpoint */
async function fitTrees(
  data: RankerData,
  options: RankerOptions,
  survey: Survey,
  member: number,
): Promise<Fitted> {
  const {
    seed = 'inkling',
    learningRate,
    l2,
    leaves,
    minChildWeight,
    listShare,
    columnShare,
    mostLists,
  } = options;
  const grow = {
    kind: 'trees',
    seed,
    learningRate,
    l2,
    leaves,
    minChildWeight,
    listShare,
    columnShare,
    mostLists,
  };
  const { forest, ...fitted } = await trainTrees(
    data.train,
    data.validation,
    options,
    checkpointOf(data, survey, options, member, grow),
  );
  return {
    ...fitted,
    members: 1,
    parameters: forest.trees.reduce((sum, tree) => sum + tree.length, 0),
    scoreLists: (lists) =>
      Float32Array.from(lists.flatMap(({ features }) => [...scoreTrees(forest, features)])),
    add: (graph) => addTrees(graph, forest),
  };
}

/** Counting takes one pass a signal, so that no checkpoint is worth its bytes. */
async function fitTables(data: RankerData, options: RankerOptions): Promise<Fitted> {
  const { columns, tables, ...fitted } = await fitCounts(data, options);
  return {
    ...fitted,
    members: 1,
    parameters: tables.reduce((sum, { values }) => sum + values.length, 0),
    scoreLists: scoresOfCounts(columns, tables, data.train.width),
    add: (graph, format) => addCounts(graph, columns, tables, format),
  };
}

/** @param how what the state depends on beside the data and the loss */
function checkpointOf<State>(
  { spec }: RankerData,
  { hash }: Survey,
  { checkpoint, isResuming = false, loss = 'listwise' }: RankerOptions,
  member: number,
  how: object,
) {
  if (!checkpoint) return undefined;
  const key = createHash('sha256')
    .update(canonicalJson({ spec, hash, loss, ...how }))
    .digest('hex');
  return fileCheckpoint<State>(memberFile(checkpoint, member), key, isResuming);
}

function validationOf(
  { validationLoss, mrr }: EpochProgress,
  isTotals: boolean,
): TrainingSummary['validation'] {
  if (Number.isNaN(validationLoss)) return null;
  return { loss: validationLoss, ...(!isTotals && { mrr }) };
}
