export { bootstrapMean, type Estimate } from './bootstrap.ts';
export { buildDataset, type Dataset, type Example, withPopularity } from './build-dataset.ts';
export { type BuiltPack, buildPack, type PackSource } from './build-pack.ts';
export { CliError } from './cli-error.ts';
export {
  type EvaluateCommand,
  type PackCommand,
  type PackReport,
  runEvaluate,
  runKeys,
  runPack,
  runTrain,
  runVerify,
  type TrainCommand,
  type VerifyCommand,
} from './commands.ts';
export { type CaseName, type CaseResult, type Evaluation, evaluateRanker } from './evaluate.ts';
export { canonicalJson, fingerprint } from './fingerprint.ts';

export type { PublicKey } from './keys.ts';
export { loadScorer } from './load-scorer.ts';
export type { Log, LoggedEvent, LoggedList } from './log.ts';
export { type Mapping, mappingSchema } from './mapping.ts';
export { expectedAtRandom, type ListMetrics, measure, rankBy } from './metrics.ts';
export { type Popularity, popularity } from './popularity.ts';
export { readLog } from './read-log.ts';
export { readTable, type TableRow } from './read-table.ts';
export type { EpochProgress, TrainOptions } from './train-network.ts';
export {
  type TrainedRanker,
  type TrainingMetrics,
  type TrainRankerOptions,
  trainRanker,
} from './train-ranker.ts';
