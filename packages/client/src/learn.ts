import {
  adapt,
  type Decision,
  type InklingEvent,
  type Item,
  type Profile,
  type ProfileReducer,
} from '@inkling/core';

export interface Lesson {
  readonly event: InklingEvent;
  readonly reduce: ProfileReducer;
  /** The decision of the slot in which the event happened. */
  readonly decision: Decision | undefined;
  readonly items: ReadonlyMap<string, Item>;
}

/** The profile after an event: its affinities and counters, and for a click in a ranked slot the on-device posterior. */
export function learn(profile: Profile, { event, reduce, decision, items }: Lesson): Profile {
  const next = reduce(profile, event);
  const slate = decision?.slate;
  const place = slate?.items.findIndex(({ id }) => id === event.item) ?? -1;
  if (event.type !== 'click' || place < 0 || slate?.source !== 'ranker') return next;
  const outcomes = slate.items.slice(0, place + 1).flatMap(({ id, score }) => {
    const item = items.get(id);
    return item ? [{ item, score }] : [];
  });
  const chosen = outcomes.pop();
  return chosen ? { ...next, posterior: adapt(profile.posterior, chosen, outcomes) } : next;
}

const SUMMARY_BYTES = 512;

/** The profile with one more decision in its ring of summaries: the first items of the slate, as many as fit. */
export function remember(profile: Profile, { slate, request }: Decision): Profile {
  const { decisionId: id, slot, source } = slate;
  const summary = { id, slot, at: request.now, source, items: slate.items.map((item) => item.id) };
  while (JSON.stringify(summary).length > SUMMARY_BYTES && summary.items.length > 0) summary.items.pop();
  return { ...profile, decisions: [summary, ...profile.decisions].slice(0, 20) };
}
