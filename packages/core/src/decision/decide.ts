import type { ModelOutput } from '../adapt/adapt-spec.ts';
import { popularityOf } from '../candidates/popularity.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { digest } from '../prng.ts';
import { basicSlateKinds } from '../slate/basic-slate-kinds.ts';
import { fillsOf } from '../slate/fill-places.ts';
import type { Arm, Slate, SlateItem } from '../slate/slate.ts';
import type { SlateKinds } from '../slate/slate-kinds.ts';
import type { SlotSpec } from '../slate/slot.ts';
import { placesOf } from '../slate/stage.ts';
import { type Ranking, type RankingRequest, rankCandidates } from './rank-candidates.ts';

/** All that a decision depends on. The same request gives the same decision, bit for bit. */
export interface DecideRequest extends RankingRequest {
  readonly slot: SlotSpec;
  /** What the page shows without a decision. */
  readonly authored: readonly string[];
  /** What the model's score means. @default 'logit' */
  readonly output?: ModelOutput;
  /** What the slot may name. @default what nearly every slot is made of */
  readonly slateKinds?: SlateKinds;
  readonly arm: Arm;
  /** Already shown on this page. */
  readonly shown: ReadonlySet<string>;
  /** What was ranked before, here or elsewhere: encoder and scorer are not asked. */
  readonly ranking?: Ranking;
  /** Of the visit and the page; the slot's own stream is derived from it. */
  readonly seed: string;
}

export interface Decision {
  /** What stands on the page. */
  readonly slate: Slate;
  /** What the policy chose; differs from the slate in the holdout. */
  readonly chosen: readonly SlateItem[];
  readonly request: DecideRequest;
  /** The candidates as numbers; absent where the ranker failed. */
  readonly ranking: Ranking | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Decides one slot: encode, score, adapt, build. Failure is a value: without usable scores the candidates go by
 * popularity, and without popularity, or where the slate cannot be built, the authored order stands. */
export function decide(request: DecideRequest): Decision {
  const { slot, candidates, authored, profile, now, adapter, slateKinds = basicSlateKinds } = request;
  const diagnostics: Diagnostic[] = [];
  const attempt = <T>(code: string, stage: string, run: () => T): T | undefined => {
    try {
      return run();
    } catch (cause) {
      diagnostics.push({ code, stage, message: String(cause), at: now, cause });
      return undefined;
    }
  };
  const ranking = attempt('E_MODEL', 'score', () => request.ranking ?? rankCandidates(request));
  const built = attempt('E_SLOT', 'slate', () => {
    const items = candidates.map(({ item }) => item);
    const scores = ranking?.scores ?? items.map((item) => popularityOf(item));
    const excluded = new Set([...request.shown, ...(profile?.dismissed ?? [])]);
    const learnt = ranking && adapter?.forPolicies(profile?.posterior, ranking);
    return ranking || scores.some(Boolean)
      ? slateKinds.build({ ...request, ...learnt, items, scores, excluded, diagnostics })
      : [];
  });
  const chosen = built ?? [];
  const personalized = request.arm === 'personalized' && chosen.some(({ via }) => via !== 'fill');
  const items = personalized ? chosen : fillsOf(authored, 0, placesOf({ slot, items: authored }));
  return {
    slate: {
      decisionId: digest(`${request.seed}\0${slot.id}\0${now}`),
      slot: slot.id,
      source: !personalized ? 'authored' : ranking ? 'ranker' : 'popularity',
      arm: request.arm,
      items,
      propensity: items.reduce((product, item) => product * item.propensity, 1),
    },
    chosen,
    request,
    ranking,
    diagnostics,
  };
}
