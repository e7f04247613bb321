import { adaptation } from '../adapt/adapt.ts';
import type { Candidate } from '../candidates/candidate.ts';
import { popularityOf } from '../candidates/popularity.ts';
import type { Context } from '../context/context.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Encoder } from '../encode/create-encoder.ts';
import { InklingError } from '../inkling-error.ts';
import { digest } from '../prng.ts';
import type { Profile } from '../profile/profile.ts';
import { basicSlateKinds } from '../slate/basic-slate-kinds.ts';
import { fillsOf } from '../slate/fill-places.ts';
import type { Arm, Slate, SlateItem } from '../slate/slate.ts';
import type { SlateKinds } from '../slate/slate-kinds.ts';
import type { SlateRequest } from '../slate/slate-request.ts';
import type { SlotSpec } from '../slate/slot.ts';
import { placesOf } from '../slate/stage.ts';

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
  /** What the model's score means. @default 'logit' */
  readonly output?: NonNullable<SlateRequest['output']>;
  /** What the slot may name. @default what nearly every slot is made of */
  readonly slateKinds?: SlateKinds;
  /** Adapted scores of all candidates for one sample of the on-device posterior. @default the scores themselves */
  readonly sampleScores?: NonNullable<SlateRequest['sampleScores']>;
  /** Rewards that the scores have learnt from on this device. @default 0 */
  readonly rewards?: number;
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
 * popularity, and without popularity, or where the slate cannot be built, the authored order stands. */
export function decide(request: DecideRequest): Decision {
  const { slot, candidates, authored, profile, now, slateKinds = basicSlateKinds } = request;
  const diagnostics: Diagnostic[] = [];
  const attempt = <T>(code: string, stage: string, run: () => T): T | undefined => {
    try {
      return run();
    } catch (cause) {
      diagnostics.push({ code, stage, message: String(cause), at: now, cause });
      return undefined;
    }
  };
  const ranked = attempt('E_MODEL', 'score', () => score(request));
  const built = attempt('E_SLOT', 'slate', () => {
    const items = candidates.map(({ item }) => item);
    const scores = ranked ?? items.map((item) => popularityOf(item));
    const excluded = new Set([...request.shown, ...(profile?.dismissed ?? [])]);
    return ranked || scores.some(Boolean)
      ? slateKinds.build({ ...request, items, scores, excluded, diagnostics })
      : [];
  });
  const chosen = built ?? [];
  const personalized = request.arm === 'personalized' && chosen.some(({ via }) => via !== 'fill');
  const items = personalized ? chosen : fillsOf(authored, 0, placesOf({ slot, items: authored }));
  return {
    slate: {
      decisionId: digest(`${request.seed}\0${slot.id}\0${now}`),
      slot: slot.id,
      source: !personalized ? 'authored' : ranked ? 'ranker' : 'popularity',
      arm: request.arm,
      items,
      propensity: items.reduce((product, item) => product * item.propensity, 1),
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
  const scores = Float32Array.from(raw);
  if (scores.length !== items.length || !scores.every(Number.isFinite)) {
    throw new InklingError('E_MODEL', `expected ${items.length} numbers from the model, found ${scores}`);
  }
  if (profile)
    items.forEach((item, i) => {
      scores[i] = (scores[i] as number) + adaptation(profile.posterior, item);
    });
  return scores;
}
