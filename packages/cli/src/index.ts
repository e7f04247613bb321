export { type Audit, type AuditOptions, auditSite, FLOWS } from './audit/audit-site.ts';
export { launchForAudit } from './audit/launch.ts';
export { type SiteFile, siteFileSchema } from './audit/site-file.ts';
export { CliError } from './cli-error.ts';
export { type AuditCommand, runAudit } from './commands/audit.ts';
export {
  type CounterfactualCommand,
  runCounterfactual,
} from './commands/counterfactual.ts';
export { type DiffCommand, runDiff } from './commands/diff.ts';
export { type DocumentsCommand, runDocuments } from './commands/documents.ts';
export { type DriftCommand, runDrift } from './commands/drift.ts';
export { type EvaluateCommand, runEvaluate } from './commands/evaluate.ts';
export { type FeaturesCommand, runFeatures } from './commands/features.ts';
export { type ImportCommand, type ImportReport, runImport } from './commands/import.ts';
export { type InitCommand, runInit } from './commands/init.ts';
export { type CreatedKey, type KeysCommand, runKeys } from './commands/keys.ts';
export { type NeighboursCommand, type NeighboursReport, runNeighbours } from './commands/neighbours.ts';
export { type PackCommand, type PackReport, runPack } from './commands/pack.ts';
export { type ReportCommand, runReport } from './commands/report.ts';
export { runSkew, type SkewCommand } from './commands/skew.ts';
export { runTrain, type TrainCommand } from './commands/train.ts';
export {
  type RulesReport,
  runJudgeRules,
  runTrainFromRules,
  type TrainFromRulesCommand,
} from './commands/train-from-rules.ts';
export { runVerify, type VerifyCommand } from './commands/verify.ts';
export {
  type EstimatorName,
  estimateValue,
  type PolicyValue,
  type ValueOptions,
} from './counterfactual/estimators.ts';
export type { Impression } from './counterfactual/impression.ts';
export { type ItemShares, itemShares, roundsOfShares } from './counterfactual/item-shares.ts';
export type { Round } from './counterfactual/round.ts';
export { roundsOfSlates, type SlatePolicy } from './counterfactual/slate-rounds.ts';
export { type LogRefusal, refusalsOf, type Support, supportOf } from './counterfactual/support.ts';
export { type Counterfactual, valuePolicy } from './counterfactual/value-policy.ts';
export {
  buildDataset,
  type Dataset,
  type Example,
  type PopularityOf,
  streamExamples,
  withPopularity,
} from './dataset/build-dataset.ts';
export {
  type EncodedLog,
  type EncodeLogOptions,
  encodeLog,
  encodeLogInMemory,
} from './dataset/encode-log.ts';
export { type EncodedList, type EncodedLists, encodedInMemory } from './dataset/encoded-lists.ts';
export { featuresSql } from './dataset/features-sql.ts';
export { splitByVisitor } from './dataset/held-out.ts';
export {
  crossFitted,
  crossFittedFrom,
  type Popularity,
  popularity,
  popularityFrom,
} from './dataset/popularity.ts';
export type { WrittenFeatures } from './dataset/write-features.ts';
export type { DocumentedPack } from './documents/declared-data.ts';
export { documentsOf } from './documents/documents.ts';
export { THREATS, type Threat } from './documents/threat-model.ts';
export { EnvironmentError } from './environment-error.ts';
export { bootstrapMean, type Estimate } from './evaluate/bootstrap.ts';
export type { ColumnDrift, Drift } from './evaluate/drift.ts';
export { type EvaluateOptions, evaluateRanker } from './evaluate/evaluate.ts';
export type {
  CaseName,
  CaseResult,
  Evaluation,
  GroupColumn,
  GroupGap,
  GroupResult,
  Lift,
  Variety,
} from './evaluate/evaluation.ts';
export { type ItemNeighbours, itemNeighbours } from './evaluate/item-knn.ts';
export { expectedAtRandom, type ListMetrics, type MetricName, measure, rankBy } from './evaluate/metrics.ts';
export type { KeptRecord, Skew } from './evaluate/skew.ts';
export { ImportRefused, type Refusal } from './import/import-refused.ts';
export type { DatabaseOptions } from './log/database.ts';
export type { Log, LogEntry, LoggedEvent, LoggedList, LogOrder } from './log/log.ts';
export { type ItemRows, type ListRows, type Mapping, mappingSchema, type TotalRows } from './log/mapping.ts';
export { type OpenedLog, type OpenLogOptions, openLog } from './log/open-log.ts';
export { readLog } from './log/read-log.ts';
export { readTable, type TableRow } from './log/read-table.ts';
export { canonicalJson, fingerprint } from './model/fingerprint.ts';
export { loadScorer } from './model/load-scorer.ts';
export { fitNeighbours, type SizePoint } from './neighbours/fit-neighbours.ts';
export { brotliBytes, type NeighboursFile } from './neighbours/fit-to-bytes.ts';
export { measureNext, type NextMetrics, rankNextOf } from './neighbours/measure-next.ts';
export { type Session, type Sessions, splitSessions } from './neighbours/sessions.ts';
export { type BuiltPack, buildPack, type PackSource } from './pack/build-pack.ts';
export { diffHtml } from './pack/diff-html.ts';
export type { Change, PackDiff, SlateChange } from './pack/diff-packs.ts';
export { diffText } from './pack/diff-text.ts';
export { type GateEvaluation, type GateInput, type GateLimits, gateFailures } from './pack/gate.ts';
export type { PublicKey } from './pack/keys.ts';
export { type CompiledRules, compileRules } from './rules/compile-rules.ts';
export { type JudgedRule, judgeRules, type Verdict } from './rules/judge-rules.ts';
export { type Rule, type Strength, sayRule } from './rules/rule.ts';
export { type RulesRanker, rulesRanker } from './rules/rules-ranker.ts';
export { rulesSchema } from './rules/rules-schema.ts';
export {
  type FittedRanker,
  fitRanker,
  type RankerData,
  type TrainingSummary,
} from './train/fit-ranker.ts';
export type { LossName } from './train/losses.ts';
export type { NetworkKind } from './train/network.ts';
export type { ModelKind, RankerOptions } from './train/ranker-options.ts';
export type { BatchProgress, EpochProgress, FitOptions } from './train/train-network.ts';
export {
  type TrainedRanker,
  type TrainingMetrics,
  trainRanker,
} from './train/train-ranker.ts';
export type { WeightFormat } from './train/weight-format.ts';
