import type { DecisionSummary, Profile } from './profile.ts';

/** The latest slate of a slot that was not the authored one, as far as it is remembered. */
export function lastShown(profile: Profile | undefined, slot: string): DecisionSummary | undefined {
  return profile?.decisions.find((decision) => decision.slot === slot && decision.source !== 'authored');
}
