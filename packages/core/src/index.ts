export { adapt, adaptation, type Outcome } from './adapt/adapt.ts';
export {
  type Candidate,
  type CandidateRequest,
  type CandidateSource,
  gatherCandidates,
  popularityOf,
} from './candidates/gather-candidates.ts';
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
export type { Feature, FeatureGroup, FeatureSpec } from './encode/feature-spec.ts';
export type { AnyFeatureSpec, Feature1, FeatureSpec1 } from './encode/feature-spec-1.ts';
export type { FeatureTable } from './encode/feature-table.ts';
export type { NumberPath, TextPath, TransformSpec } from './encode/source-path.ts';
export { drawArm } from './experiment/holdout.ts';
export { InklingError, type InklingErrorCode } from './inkling-error.ts';
export type { Item } from './item.ts';
export { cos, exp, log, sigmoid, sin } from './math.ts';
export { checkPack } from './pack/check-pack.ts';
export type { AssetRole, ModelCard, Pack, PackAsset } from './pack/pack.ts';
export { digest, type Prng, prng } from './prng.ts';
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
export { buildSlate, type SlateRequest } from './slate/build-slate.ts';
export { type Choice, choose, WHOLE } from './slate/policy.ts';
export type { Arm, Slate, SlateItem } from './slate/slate.ts';
export type { DiversitySpec, PolicySpec, RuleSpec, SlotSpec } from './slate/slot.ts';
