import type { AdaptSpec, ModelOutput } from '../adapt/adapt-spec.ts';
import { createAdapter } from '../adapt/create-adapter.ts';
import { type DecideRequest, type Decision, decide } from '../decision/decide.ts';
import { rankCandidates, type Scorer } from '../decision/rank-candidates.ts';
import type { Encoder } from '../encode/create-encoder.ts';
import type { Slate, SlateItem } from '../slate/slate.ts';
import type { SlateKinds } from '../slate/slate-kinds.ts';

/** Everything a decision was made of, as plain data: it survives a structured clone and JSON. It holds the profile, so
 * it belongs in memory; nothing stores or sends it. */
export interface DecisionRecord {
  readonly inputs: Omit<DecideRequest, 'encoder' | 'scorer' | 'adapter' | 'slateKinds' | 'shown' | 'ranking'>;
  readonly adapt?: { readonly spec: AdaptSpec; readonly output: ModelOutput };
  readonly shown: readonly string[];
  /** The ranker's score of each candidate; absent where it failed. */
  readonly ranked?: readonly number[];
  readonly slate: Slate;
  readonly chosen: readonly SlateItem[];
}

/** The parts of the pack that a record does not hold. */
export interface ReplayParts {
  readonly encoder: Encoder;
  /** What the slot may name. @default what nearly every slot is made of */
  readonly slateKinds?: SlateKinds;
  /** Without one the recorded scores stand unchecked. */
  readonly scorer?: Scorer;
}

export interface Replay {
  readonly decision: Decision;
  /** Positions at which the slate made from the recorded scores is another than the recorded one; empty where core,
   * spec and inputs are the same. */
  readonly slateDrift: readonly number[];
  /** Largest absolute difference between the ranker's scores now and then; Infinity where it gives none now, undefined
   * where there is nothing to compare. */
  readonly scoreDrift: number | undefined;
}

export function recordOf({ request, ranking, slate, chosen }: Decision): DecisionRecord {
  const { encoder: _, scorer: __, ranking: ___, slateKinds: ____, adapter, shown, ...inputs } = request;
  const adapt = adapter && { spec: adapter.spec, output: adapter.output };
  return {
    inputs,
    ...(adapt && { adapt }),
    shown: [...shown],
    ...(ranking && { ranked: Array.from(ranking.ranked) }),
    slate,
    chosen,
  };
}

/** Decides again from a record. The slate follows from the recorded scores, wherever they were computed; the scores
 * are computed again beside it and compared. */
export function replay(record: DecisionRecord, parts: ReplayParts): Replay {
  const { scorer, ...tables } = parts;
  const { inputs, adapt, shown, ranked } = record;
  const request: DecideRequest = {
    ...inputs,
    ...tables,
    scorer: ranked && (() => ranked),
    adapter: adapt && createAdapter(adapt.spec, adapt.output),
    shown: new Set(shown),
  };
  const decision = decide(request);
  const drifted = [
    ...drift(record.slate.items, decision.slate.items),
    ...drift(record.chosen, decision.chosen),
  ];
  return {
    decision,
    slateDrift: [...new Set(drifted)].sort((a, b) => a - b),
    scoreDrift: ranked && scorer && scoreDrift({ ...request, scorer }, ranked),
  };
}

function drift(before: readonly SlateItem[], after: readonly SlateItem[]): readonly number[] {
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, position) => position).filter((position) => {
    const [a, b] = [before[position], after[position]];
    return a?.id !== b?.id || a?.score !== b?.score || a?.propensity !== b?.propensity || a?.via !== b?.via;
  });
}

function scoreDrift(request: DecideRequest, before: readonly number[]): number {
  try {
    const { ranked } = rankCandidates(request);
    return ranked.reduce((most, score, row) => Math.max(most, Math.abs(score - (before[row] as number))), 0);
  } catch {
    return Infinity;
  }
}
