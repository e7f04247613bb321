import {
  type AdaptSpec,
  basicSlateKinds,
  beyondBasic,
  type ContextPatch,
  createContext,
  createEncoder,
  type Decision,
  decide,
  type EventType,
  type FeatureSpec,
  type Item,
  type ModelOutput,
  type Profile,
  type Scorer,
  type SlotSpec,
} from '@inkling/core';
import { createLearner, type Learner } from '@inkling/core/adapt';
import { explain, smallestChange, whyNot } from '@inkling/core/explain';
import { createFullEncoder, fullSlateKinds, modelInputs } from '@inkling/core/full';
import type { InferenceSession, InferenceSessionFactory } from '@inkling/onnx';
import { bitsOf } from './bits-of.ts';

/** What the JSON file of decision vectors holds: every moment decides every slot. */
export interface DecisionVectors {
  readonly rankers: Readonly<Record<string, RankerVector>>;
  /** In authored order. */
  readonly items: readonly Item[];
  readonly profiles: Readonly<Record<string, Profile>>;
  readonly slots: readonly SlotSpec[];
  /** What the visitor does with the last item of each slate. */
  readonly events: readonly EventType[];
  readonly moments: readonly Moment[];
  /** One for each moment. */
  readonly results: readonly MomentResult[];
}

export interface RankerVector {
  readonly spec: FeatureSpec;
  /** Whether the eager encoder knows all that the spec names. */
  readonly isBasic: boolean;
  /** ONNX, in base64. */
  readonly model: string;
  readonly output: ModelOutput;
  readonly adapt: AdaptSpec;
}

export interface Moment {
  readonly name: string;
  /** One of `rankers`. */
  readonly ranker: string;
  readonly context: ContextPatch;
  /** One of `profiles`; none where nothing may be remembered. */
  readonly profile?: string;
  readonly arm: 'personalized' | 'holdout';
  readonly shown: readonly string[];
  readonly seed: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Numbers as text, in full: f32 as bits in hex, the rest as JavaScript writes them. */
export interface MomentResult {
  /** By item. */
  readonly features: readonly string[];
  readonly ranked: string;
  readonly scores: string;
  /** By slot. */
  readonly slates: Readonly<Record<string, SlateResult>>;
}

interface SlateResult {
  /** Its id, source and propensity, and what stands on the page. */
  readonly slate: string;
  /** Of each item that the policy chose: id, score, propensity, cause, shelf, number of arms. */
  readonly chosen: readonly string[];
  /** Why the first stands first. */
  readonly reasons: readonly string[];
  readonly contributions: readonly string[];
  /** Why the last candidate that is not there is not. */
  readonly absent: string;
  /** What would put another item first. */
  readonly change: string;
  readonly diagnostics: readonly string[];
  /** The posterior after the events. */
  readonly learnt: string;
}

/** Decides every slot in every moment and compares all that comes of it. Needs nothing but the language and the engine
 * it is given, so that it runs anywhere.
 * @returns what computed the scores, and what differs, a line each; none when all is well */
export async function runDecisionVectors(
  vectors: DecisionVectors,
  factory: InferenceSessionFactory,
  options?: { readonly backend?: 'js' },
): Promise<{ readonly backend: string; readonly faults: readonly string[] }> {
  const { backend, results } = await decideMoments(vectors, factory, options);
  return {
    backend,
    faults: vectors.moments.flatMap(({ name }, i) => faultsOf(name, vectors.results[i], results[i])),
  };
}

/** What comes of every moment. */
export async function decideMoments(
  vectors: Omit<DecisionVectors, 'results'>,
  factory: InferenceSessionFactory,
  options?: { readonly backend?: 'js' },
): Promise<{ readonly backend: string; readonly results: readonly MomentResult[] }> {
  let backend = '';
  const results: MomentResult[] = [];
  for (const moment of vectors.moments) {
    const { model } = vectors.rankers[moment.ranker] as RankerVector;
    const session = await factory.create(
      Uint8Array.from(atob(model), (char) => char.charCodeAt(0)),
      options,
    );
    results.push(decideMoment(vectors, moment, session));
    backend = session.backend;
    await session.release();
  }
  return { backend, results };
}

function decideMoment(
  vectors: Omit<DecisionVectors, 'results'>,
  moment: Moment,
  session: InferenceSession,
): MomentResult {
  const { spec, isBasic, output, adapt } = vectors.rankers[moment.ranker] as RankerVector;
  const encoder = isBasic ? createEncoder(spec) : createFullEncoder(spec);
  const profile = moment.profile === undefined ? undefined : vectors.profiles[moment.profile];
  const scorer: Scorer = (features, rows) =>
    session.runSync(modelInputs(encoder, features, rows)).score?.data as Float32Array;
  const decisions = vectors.slots.map((slot) => {
    const learner = createLearner({ spec: adapt, output });
    const decision = decide({
      slot,
      candidates: vectors.items.map((item) => ({ item, source: 'authored' })),
      authored: vectors.items.map(({ id }) => id),
      context: createContext(moment.context),
      profile,
      encoder,
      scorer,
      output,
      adapter: learner,
      slateKinds: beyondBasic([slot]) === undefined ? basicSlateKinds : fullSlateKinds,
      arm: moment.arm,
      shown: new Set(moment.shown),
      seed: moment.seed,
      now: moment.now,
    });
    return { decision, learnt: profile && learnFrom(learner, profile, decision, vectors.events) };
  });
  // All slots rank the same candidates.
  const ranking = decisions[0]?.decision.ranking;
  if (!ranking) throw new Error(`${moment.name}: no scores`);
  const { features, ranked, scores } = ranking;
  return {
    features: vectors.items.map((_, row) =>
      bitsOf(features.subarray(row * encoder.width, (row + 1) * encoder.width)),
    ),
    ranked: bitsOf(ranked),
    scores: bitsOf(scores),
    slates: Object.fromEntries(
      decisions.map(({ decision, learnt }) => [
        decision.slate.slot,
        { ...slateOf(decision), learnt: JSON.stringify(learnt?.posterior ?? {}) },
      ]),
    ),
  };
}

/** The slate is seen, and the events happen to its last item. */
function learnFrom(
  learner: Learner,
  profile: Profile,
  decision: Decision,
  events: readonly EventType[],
): Profile {
  const { request, slate } = decision;
  const item = slate.items.at(-1)?.id ?? '';
  return events.reduce(
    (lived, type) => learner.learn(lived, { type, item, at: request.now + 1000 }),
    learner.see(profile, decision, request.now),
  );
}

function slateOf(decision: Decision): Omit<SlateResult, 'learnt'> {
  const { slate, chosen, request, diagnostics } = decision;
  const { reasons, contributions } = explain(decision, chosen[0]?.id ?? '');
  const ids = new Set(chosen.map(({ id }) => id));
  const absent = request.candidates.findLast(({ item }) => !ids.has(item.id))?.item.id ?? '';
  return {
    slate: [slate.decisionId, slate.source, slate.propensity, ...slate.items.map(({ id }) => id)].join(' '),
    chosen: chosen.map(({ id, score, propensity, via, shelf = '', arms }) =>
      [id, score, propensity, via, shelf, arms.length].join(' '),
    ),
    reasons: reasons.map(({ group, contribution, sentence }) => `${group} ${contribution} ${sentence}`),
    contributions: contributions.map(({ group, contribution }) => `${group} ${contribution}`),
    absent: JSON.stringify(whyNot(decision, absent)),
    change: JSON.stringify(smallestChange(decision) ?? {}),
    diagnostics: diagnostics.map(({ code, stage, message }) => `${code} ${stage} ${message}`),
  };
}

/** What differs between two results, each by where it stands. */
function faultsOf(place: string, expected: unknown, found: unknown): readonly string[] {
  if (typeof expected !== 'object' || typeof found !== 'object' || !expected || !found) {
    return expected === found ? [] : [`${place}: expected ${expected}, found ${found}`];
  }
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...names].flatMap((name) =>
    faultsOf(
      `${place}, ${name}`,
      (expected as Record<string, unknown>)[name],
      (found as Record<string, unknown>)[name],
    ),
  );
}
