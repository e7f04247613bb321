import type { Context, ContextPatch } from '../context/context.ts';
import { createContext } from '../context/create-context.ts';
import { type Decision, decide } from '../decision/decide.ts';
import type { Profile } from '../profile/profile.ts';

/** Another moment, or another past. */
export interface Change {
  readonly context?: ContextPatch;
  readonly profile?: Partial<Profile>;
}

/** An item whose place changes; `undefined` is outside of the slate. */
export interface Move {
  readonly item: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export interface WhatIf {
  readonly decision: Decision;
  /** In the order of the new slate, then those that left. */
  readonly moves: readonly Move[];
}

/** Decides again with another context or profile, from the same candidates, neighbour scores and coins. */
export function whatIf(decision: Decision, { context, profile }: Change): WhatIf {
  const { request } = decision;
  const { ranking: _, ...rest } = request;
  const again = decide({
    ...rest,
    context: context ? changed(request.context, context) : request.context,
    profile: request.profile && { ...request.profile, ...profile },
  });
  const before = decision.chosen.map(({ id }) => id);
  const after = again.chosen.map(({ id }) => id);
  const placeIn = (list: readonly string[], item: string) => {
    const place = list.indexOf(item);
    return place < 0 ? undefined : place;
  };
  const moves = [...new Set([...after, ...before])]
    .map((item) => ({ item, from: placeIn(before, item), to: placeIn(after, item) }))
    .filter(({ from, to }) => from !== to);
  return { decision: again, moves };
}

/** The part of the day and the daylight, where they are not given anew, follow from the new time. */
export function changed(context: Context, patch: ContextPatch): Context {
  const { hour, month } = patch.time ?? {};
  const time = {
    ...(hour !== undefined && { daypart: 'unknown' as const }),
    ...((hour ?? month) !== undefined && { daylight: 'unknown' as const }),
  };
  return createContext(context, { time }, patch);
}
