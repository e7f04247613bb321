import type { Decision } from '../decision/decide.ts';
import { type DecisionSummary, PROFILE_LIMITS, type Profile } from '../profile/profile.ts';
import { utf8Length } from '../profile/utf8-length.ts';

const SUMMARY_BYTES = 512;

/** The profile with one more decision in its ring of summaries, newest first. Of too many the oldest goes that is not the
 * latest of its slot: that one may have to stay. */
export function remember(profile: Profile, decision: Decision): Profile {
  const decisions = [summaryOf(decision), ...profile.decisions];
  if (decisions.length > PROFILE_LIMITS.decisions) {
    const slots = decisions.map(({ slot }) => slot);
    // Where every slot has only one, this is -1: the last.
    decisions.splice(slots.map((slot, i) => slots.indexOf(slot) < i).lastIndexOf(true), 1);
  }
  return { ...profile, decisions };
}

/** What is kept of a decision: at most 512 bytes of JSON in UTF-8, whatever the ids are. The first items of the slate,
 * as many as fit; of a slot's name that is too long by itself, its beginning. */
export function summaryOf({ slate, request }: Decision): DecisionSummary {
  const items: string[] = [];
  const summary = { id: slate.decisionId, slot: slate.slot, at: request.now, source: slate.source, items };
  let room = SUMMARY_BYTES - bytesOf(summary);
  for (; room < 0; room = SUMMARY_BYTES - bytesOf(summary)) {
    summary.slot = summary.slot.slice(0, summary.slot.length >> 1);
  }
  for (const { id } of slate.items) {
    room -= bytesOf(id) + 1;
    if (room < -1) break; // The first item brings no comma.
    items.push(id);
  }
  return summary;
}

/** Of the value's JSON, in which a lone half of a surrogate pair is escaped. */
function bytesOf(value: unknown): number {
  return utf8Length(JSON.stringify(value));
}
