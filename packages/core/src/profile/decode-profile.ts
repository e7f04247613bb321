import type { Diagnostic } from '../diagnostic.ts';
import { COUNTER_LIMITS, type CounterKey } from './counters.ts';
import { emptyProfile, PROFILE_LIMITS, type Profile } from './profile.ts';
import {
  type Check,
  isBuckets,
  isCounterKey,
  isFading,
  isRecent,
  isRecord,
  isSummary,
  isText,
  isTime,
  isVisit,
} from './profile-parts.ts';

export interface DecodedProfile {
  /** Undefined where nothing was stored, or nothing that can be used. */
  readonly profile?: Profile;
  /** What could not be kept, and why: `profile_format`, `profile_expired`, `profile_damaged`. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a stored profile, as text or as the object that earlier versions stored. Never throws: what is damaged is left
 * out part by part, and said. A profile of format 1 becomes one of format 2, without what the device had learnt, whose
 * form is another now.
 * @param now epoch ms; a profile past its hard expiry is not read */
export function decodeProfile(stored: unknown, now: number): DecodedProfile {
  const diagnostics: Diagnostic[] = [];
  const say = (code: string, message: string) =>
    diagnostics.push({ code, stage: 'profile', message, at: now });
  if (stored === undefined || stored === null) return { diagnostics };
  const value = parse(stored);
  if (!isRecord(value) || (value.format !== 1 && value.format !== 2)) {
    say('profile_format', 'What is stored is no profile of format 1 or 2.');
    return { diagnostics };
  }
  const { createdAt, format } = value;
  if (!isTime(createdAt, now)) {
    say('profile_damaged', 'createdAt is not a time: the expiry cannot be told.');
    return { diagnostics };
  }
  if (now >= createdAt + PROFILE_LIMITS.lifeMs) {
    say('profile_expired', 'The profile was past its 395 days.');
    return { diagnostics };
  }
  /** Some of the entries, and a word on the others. */
  const keep = <T>(part: string, entries: readonly T[], good: (entry: T) => boolean, most: number): T[] => {
    const kept = entries.filter(good).slice(0, most);
    const lost = entries.length - kept.length;
    if (lost > 0) say('profile_damaged', `${part}: ${lost} of ${entries.length} could not be kept.`);
    return kept;
  };
  const list = <T>(part: string, isPart: Check<T>, most: number): readonly T[] => {
    const found = value[part];
    const entries: readonly unknown[] = Array.isArray(found) ? found : [undefined];
    return keep(part, entries, (entry) => isPart(entry, now), most) as T[];
  };
  const record = <T>(part: string, isPart: Check<T>, most: number, isKey: (key: string) => boolean) => {
    const found = value[part];
    const entries = Object.entries(isRecord(found) ? found : { '': undefined });
    const good = ([key, entry]: [string, unknown]) =>
      key.length <= PROFILE_LIMITS.name + 5 && isKey(key) && isPart(entry, now);
    return Object.fromEntries(keep(part, entries, good, most)) as Record<string, T>;
  };
  const fresh = emptyProfile(createdAt, '');
  const visit = keep('visit', [value.visit], (entry) => isVisit(entry, now), 1)[0] ?? fresh.visit;
  const profile: Profile = {
    format: 2,
    createdAt,
    visit: visit as Profile['visit'],
    affinities: record('affinities', isFading, PROFILE_LIMITS.tags, () => true),
    recents: list('recents', isRecent, PROFILE_LIMITS.recents),
    dismissed: list('dismissed', isText, PROFILE_LIMITS.dismissed),
    counters:
      format === 1
        ? fresh.counters
        : (record('counters', isBuckets, COUNTER_LIMITS.keys, isCounterKey) as Record<CounterKey, number[]>),
    // Opaque here; whoever learns checks it again.
    posterior: format === 2 && isRecord(value.posterior) ? (value.posterior as Profile['posterior']) : {},
    decisions: list('decisions', isSummary, PROFILE_LIMITS.decisions),
    ...(value.unused !== undefined && { unused: list('unused', isText, PROFILE_LIMITS.unused) }),
    ...(value.paused === true && { paused: true }),
    ...(value.neutral === true && { neutral: true }),
  };
  return { profile, diagnostics };
}

/** Plain data, whatever the store gave back; undefined where there is none. */
function parse(stored: unknown): unknown {
  try {
    return JSON.parse(typeof stored === 'string' ? stored : JSON.stringify(stored));
  } catch {
    return undefined;
  }
}
