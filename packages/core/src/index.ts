export { adapt, adaptation, type Outcome } from './adapt/adapt.ts';
export type { AdaptSpec, ModelOutput } from './adapt/adapt-spec.ts';
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
  Context,
  ContextPatch,
  Daylight,
  Daypart,
  Season,
  SignalPath,
  TemperatureBand,
  Unknown,
  WeatherCondition,
  WindBand,
} from './context/context.ts';
export {
  createContext,
  gateContext,
  isAnythingKnown,
  isSignalPath,
  purposeOf,
  readSignal,
} from './context/create-context.ts';
export { type DecideRequest, type Decision, decide, type Scorer } from './decision/decide.ts';
export type { Diagnostic } from './diagnostic.ts';
export { createEncoder, type Encoder } from './encode/create-encoder.ts';
export type { EncodeInput } from './encode/encode-input.ts';
export type {
  Feature,
  FeatureGroup,
  FeatureSpec,
  NumberScale,
  NumberSource,
  RecentMeasure,
} from './encode/feature-spec.ts';
export type {
  CanarySpec,
  ExperimentSpec,
  HoldoutSpec,
  LayerRange,
  VariationSpec,
} from './experiment/experiment-spec.ts';
export { drawArm } from './experiment/holdout.ts';
export { InklingError, type InklingErrorCode } from './inkling-error.ts';
export { type Item, isSensitive } from './item.ts';
export { exp, log, sigmoid } from './math.ts';
export { checkPack, type PackCheck } from './pack/check-pack.ts';
export { openPack } from './pack/open-pack.ts';
export type { AssetRole, ModelCard, Pack, PackAsset } from './pack/pack.ts';
export { parseJson } from './pack/parse-json.ts';
export { readCatalog } from './pack/read-catalog.ts';
export { readPack } from './pack/read-pack.ts';
export { digest, type Prng, prng } from './prng.ts';
export { COUNTER_LIMITS, type CounterKey, type Counters, countSince } from './profile/counters.ts';
export type { EventType, InklingEvent } from './profile/event.ts';
export {
  type DecisionSummary,
  emptyProfile,
  type Fading,
  fade,
  PROFILE_LIMITS,
  type Profile,
  type RecentItem,
  reviveProfile,
} from './profile/profile.ts';
export {
  beginPage,
  createReducer,
  type ProfileReducer,
  type ReducerOptions,
} from './profile/reduce-profile.ts';
export {
  type ConsentSource,
  type ConsentState,
  type Grant,
  PURPOSES,
  type Purpose,
  type Regime,
} from './purpose.ts';
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
