import { adaptation } from '../adapt/adapt.ts';
import type { Candidate } from '../candidates/candidate.ts';
import { popularityOf } from '../candidates/popularity.ts';
import type { Context } from '../context/context.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Encoder } from '../encode/create-encoder.ts';
import { InklingError } from '../inkling-error.ts';
import { digest, prng } from '../prng.ts';
import type { Profile } from '../profile/profile.ts';
import { buildSlate } from '../slate/build-slate.ts';
import type { Arm, Slate, SlateItem } from '../slate/slate.ts';
import type { SlotSpec } from '../slate/slot.ts';

/** The port to the ranker: one score a row, from f32[rows × width]. It may throw. */
export type Scorer = (features: Float32Array, rows: number) => ArrayLike<number>;

/** All that a decision depends on. The same request gives the same decision, bit for bit. */
export interface DecideRequest {
  readonly slot: SlotSpec;
  /** In authored order. */
  readonly candidates: readonly Candidate[];
  /** What the page shows without a decision. */
  readonly authored: readonly string[];
  readonly context: Context;
  readonly profile: Profile | undefined;
  readonly encoder: Encoder;
  readonly scorer: Scorer | undefined;
  readonly arm: Arm;
  /** Already shown on this page. */
  readonly shown: ReadonlySet<string>;
  /** Of the visit and the page; the slot's own stream is derived from it. */
  readonly seed: string;
  /** Epoch ms. */
  readonly now: number;
}

export interface Decision {
  /** What stands on the page. */
  readonly slate: Slate;
  /** What the policy chose; differs from the slate in the holdout. */
  readonly chosen: readonly SlateItem[];
  readonly request: DecideRequest;
  readonly diagnostics: readonly Diagnostic[];
}

/** Decides one slot: encode, score, adapt, build. Failure is a value: without usable scores the candidates go by
 * popularity, and without popularity the authored order stands. */
export function decide(request: DecideRequest): Decision {
  const { slot, candidates, profile, now } = request;
  const diagnostics: Diagnostic[] = [];
  const items = candidates.map(({ item }) => item);
  const popularity = items.map((item) => popularityOf(item));
  let source: Slate['source'] = 'ranker';
  let scores: ArrayLike<number> | undefined;
  try {
    scores = score(request);
  } catch (cause) {
    source = 'popularity';
    const message = cause instanceof Error ? cause.message : String(cause);
    diagnostics.push({ code: 'E_MODEL', stage: 'score', message, at: now, cause });
    if (popularity.some(Boolean)) scores = popularity;
  }
  const excluded = new Set([...request.shown, ...(profile?.dismissed ?? [])]);
  const random = prng(request.seed, slot.id);
  const chosen = scores ? buildSlate({ slot, items, scores, excluded, random }) : [];
  const personalized = chosen.length > 0 && request.arm === 'personalized';
  const shownItems = personalized ? chosen : authoredItems(request);
  return {
    slate: {
      decisionId: digest(`${request.seed}\0${slot.id}\0${now}`),
      slot: slot.id,
      source: personalized ? source : 'authored',
      arm: request.arm,
      items: shownItems,
      propensity: shownItems.reduce((product, item) => product * item.propensity, 1),
    },
    chosen,
    request,
    diagnostics,
  };
}

/** The ranker's score of every candidate, plus what the device has learnt. */
function score({ candidates, context, profile, encoder, scorer, now }: DecideRequest): Float32Array {
  if (!scorer) throw new InklingError('E_MODEL', 'The pack holds no usable model.');
  const items = candidates.map(({ item }) => item);
  const raw = scorer(encoder.encode({ context, profile, items, now }), items.length);
  if (raw.length !== items.length) {
    throw new InklingError('E_MODEL', `The model gave ${raw.length} scores for ${items.length} items.`);
  }
  const scores = Float32Array.from(raw);
  const bad = scores.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new InklingError('E_MODEL', `The model's score of ${items[bad]?.id} is ${scores[bad]}.`);
  if (profile)
    items.forEach((item, i) => {
      scores[i] = (scores[i] as number) + adaptation(profile.posterior, item);
    });
  return scores;
}

function authoredItems({ slot, authored }: DecideRequest): readonly SlateItem[] {
  const limit = slot.kind === 'variant' ? 1 : (slot.k ?? authored.length);
  return authored
    .slice(0, limit)
    .map((id, position) => ({ id, position, score: 0, propensity: 1, via: 'fill' }));
}
