export { adapt, adaptation, type Outcome } from './adapt.ts';
export { buildSlate, type SlateRequest } from './build-slate.ts';
export {
  type Candidate,
  type CandidateRequest,
  type CandidateSource,
  gatherCandidates,
  popularityOf,
} from './candidates.ts';
export { checkPack } from './check-pack.ts';
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
} from './context.ts';
export {
  createContext,
  gateContext,
  isAnythingKnown,
  isSignalPath,
  purposeOf,
  readSignal,
} from './create-context.ts';
export { createEncoder, type Encoder } from './create-encoder.ts';
export { type DecideRequest, type Decision, decide, type Scorer } from './decide.ts';
export type { Diagnostic } from './diagnostic.ts';
export type { EncodeInput } from './encode-input.ts';
export type { EventType, InklingEvent } from './event.ts';
export type {
  Feature,
  FeatureGroup,
  FeatureSpec,
  NumberScale,
  NumberSource,
  RecentMeasure,
} from './feature-spec.ts';
export { drawArm } from './holdout.ts';
export { InklingError, type InklingErrorCode } from './inkling-error.ts';
export type { Item } from './item.ts';
export { exp, log, sigmoid } from './math.ts';
export type { AssetRole, ModelCard, Pack, PackAsset } from './pack.ts';
export { type Choice, choose, WHOLE } from './policy.ts';
export { digest, type Prng, prng } from './prng.ts';
export {
  type DecisionSummary,
  emptyProfile,
  type Fading,
  fade,
  PROFILE_LIMITS,
  type Profile,
  type RecentItem,
  reviveProfile,
} from './profile.ts';
export {
  type ConsentSource,
  type ConsentState,
  type Grant,
  PURPOSES,
  type Purpose,
  type Regime,
} from './purpose.ts';
export { beginPage, createReducer, type ProfileReducer, type ReducerOptions } from './reduce-profile.ts';
export type { Arm, Slate, SlateItem } from './slate.ts';
export type { DiversitySpec, PolicySpec, RuleSpec, SlotSpec } from './slot.ts';
