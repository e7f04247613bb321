export type { AdaptSpec, ModelOutput } from './adapt/adapt-spec.ts';
export type { Adapter, PolicyInputs, RankedRows } from './adapt/adapter.ts';
export type { Posterior } from './adapt/posterior.ts';
export type { Candidate, CandidateSource } from './candidates/candidate.ts';
export { decodeNeighbours } from './candidates/decode-neighbours.ts';
export {
  encodeNeighbours,
  type NeighbourEdge,
  type NeighbourEdges,
} from './candidates/encode-neighbours.ts';
export type { NeighbourKind, NeighbourTable } from './candidates/neighbour-table.ts';
export { popularityOf } from './candidates/popularity.ts';
export type {
  AreaPurposes,
  Context,
  ContextPatch,
  CustomSignals,
  Daylight,
  Daypart,
  GrantedContext,
  Season,
  SignalPath,
  SignalPurpose,
  TemperatureBand,
  Unknown,
  WeatherCondition,
  WindBand,
} from './context/context.ts';
export { createContext, isAnythingKnown, isSignalPath, readSignal } from './context/create-context.ts';
export { gateContext, grantContext, purposeOf } from './context/grant-context.ts';
export { createSignalReader } from './context/read-granted.ts';
export { seasonOf } from './context/season.ts';
export { withoutSignals } from './context/without-signals.ts';
export { type DecideRequest, type Decision, decide } from './decision/decide.ts';
export type { Ranking, RankingRequest, Scorer } from './decision/rank-candidates.ts';
export type { Diagnostic } from './diagnostic.ts';
export { createEncoder, type Encoder } from './encode/create-encoder.ts';
export type { EncodeInput } from './encode/encode-input.ts';
export type { Feature, FeatureGroup, FeatureSpec } from './encode/feature-spec.ts';
export type { AnyFeatureSpec, Feature1, FeatureSpec1 } from './encode/feature-spec-1.ts';
export type { FeatureTable } from './encode/feature-table.ts';
export { phraseOf } from './encode/phrase.ts';
export type { NumberPath, TextPath, TransformSpec } from './encode/source-path.ts';
export type {
  CanarySpec,
  ExperimentSpec,
  HoldoutSpec,
  LayerRange,
  VariationSpec,
} from './experiment/experiment-spec.ts';
export { drawArm } from './experiment/holdout.ts';
export { createGate, type Gate, type GateOptions } from './gate/create-gate.ts';
export { SHAPES, type ShapeName } from './gate/shapes.ts';
export { InklingError, type InklingErrorCode } from './inkling-error.ts';
export { type Item, isSensitive } from './item.ts';
export { cos, exp, log, sigmoid, sin } from './math.ts';
export { checkPack, type PackCheck } from './pack/check-pack.ts';
export type { EgressShape } from './pack/egress-shape.ts';
export { openPack } from './pack/open-pack.ts';
export type { AssetRole, ModelCard, Pack, PackAsset } from './pack/pack.ts';
export { parseJson } from './pack/parse-json.ts';
export { readCatalog } from './pack/read-catalog.ts';
export { readPack } from './pack/read-pack.ts';
export type { RegimeRow } from './pack/regime-row.ts';
export { countSharedPages, type SharedSignal, type SharedSpec } from './pack/shared-spec.ts';
export { digest, type Prng, prng } from './prng.ts';
export { COUNTER_LIMITS, type CounterKey, type Counters, countSince } from './profile/counters.ts';
export type { EventType, InklingEvent } from './profile/event.ts';
export { type Fading, fade } from './profile/fading.ts';
export { type DecisionSummary, emptyProfile, PROFILE_LIMITS, type Profile } from './profile/profile.ts';
export { isAbandoned, type RecentItem } from './profile/recent-item.ts';
export { createReducer, type ProfileReducer, type ReducerOptions } from './profile/reduce-profile.ts';
export { type TagMean, type TastePrior, tastePrior } from './profile/taste-prior.ts';
export { tastes } from './profile/tastes.ts';
export { lastItems } from './profile/visit.ts';
export {
  CONSENT_CHANNEL,
  type ConsentSource,
  type ConsentState,
  type Grant,
  PURPOSES,
  type Purpose,
  type Regime,
} from './purpose.ts';
export {
  type DecisionRecord,
  type Replay,
  type ReplayParts,
  recordOf,
  replay,
} from './record/decision-record.ts';
export type { EdgeMoment, EdgeSlate } from './record/edge-slate.ts';
export { remember, summaryOf } from './record/remember.ts';
export { refuse } from './refuse.ts';
export { basicSlateKinds, beyondBasic } from './slate/basic-slate-kinds.ts';
export { fillsOf } from './slate/fill-places.ts';
export type { Each, Match, RuleSpec } from './slate/rule.ts';
export type { Arm, Slate, SlateItem } from './slate/slate.ts';
export type { SlateKinds } from './slate/slate-kinds.ts';
export type { SlateRequest } from './slate/slate-request.ts';
export type {
  Cadence,
  DiversitySpec,
  Explored,
  ObjectiveSpec,
  PolicySpec,
  ShelvesSpec,
  SlotSpec,
  Weekday,
} from './slate/slot.ts';
export { WHOLE } from './slate/whole.ts';
