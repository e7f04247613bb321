import { type Item, isSensitive } from '../item.ts';
import { type CounterKey, count } from './counters.ts';
import { editRecord } from './edit-record.ts';
import type { EventType, InklingEvent } from './event.ts';
import { addFading, fade } from './fading.ts';
import { PROFILE_LIMITS, type Profile } from './profile.ts';
import { type RecentItem, touch } from './recent-item.ts';

/** How much an act says about taste, of each tag of its item or its search. A dwell says up to 1, at a minute. */
const WEIGHTS: ReadonlyMap<EventType, number> = new Map([
  ['view', 1],
  ['click', 1],
  ['search', 2],
  ['add_to_cart', 3],
  ['purchase', 5],
  ['like', 3],
  ['dismiss', -2],
  ['less_like_this', -3],
]);
/** A day; more is a clock's fault. */
const LONGEST_DWELL_SECONDS = 86_400;
/** The latest moment that a Date can hold. */
const MAX_TIME = 8.64e15;

export interface ReducerOptions {
  /** Finds the item an event names, for its tags. */
  readonly item: (id: string) => Item | undefined;
  /** @default 14 */
  readonly halfLifeDays?: number;
  /** Tags that the pack marks as sensitive. Of an item that has one only a dismissal and the exposures are kept.
   * @default none */
  readonly sensitive?: ReadonlySet<string>;
}

export type ProfileReducer = (profile: Profile, event: InklingEvent) => Profile;

/** The pure step from one profile to the next. An event may come late: it is entered as of its own time. Sizes stay
 * within PROFILE_LIMITS, the weakest and oldest going first. An `exposure` that names an item counts the item and its
 * tags, one that names none its slot. A `search` has tags in the place of an item; one for a sensitive tag leaves no
 * trace. An event without a sound time or with an overlong name changes nothing. Of a paused profile only what is
 * rejected, or taken back, changes. */
export function createReducer({
  item: find,
  halfLifeDays = 14,
  sensitive = new Set(),
}: ReducerOptions): ProfileReducer {
  return (profile, event) => {
    const { type, item: id = '', slot = '', at } = event;
    if (!(Math.abs(at) <= MAX_TIME) || Math.max(id.length, slot.length) > PROFILE_LIMITS.name) return profile;
    if (profile.paused && type === 'exposure') return profile;
    const isSearch = type === 'search';
    const item = isSearch ? { id, tags: event.tags ?? [] } : find(id);
    const unlearnt = profile.paused || isSensitive(item, sensitive);
    const tags = unlearnt ? [] : (item?.tags ?? []).filter((tag) => tag.length <= PROFILE_LIMITS.name);
    if (type === 'exposure') return expose(profile, event, tags);
    const seconds = type === 'dwell' ? Math.min(Math.max(0, event.value ?? 0), LONGEST_DWELL_SECONDS) : 0;
    const weight = WEIGHTS.get(type) ?? Math.min(seconds / 60, 1);
    if (isSearch ? tags.length === 0 : !id || !weight) return profile;
    const dismissed = moveDismissed(profile.dismissed, id, type);
    if (unlearnt) return dismissed === profile.dismissed ? profile : { ...profile, dismissed };
    const { visit, recents } = profile;
    return {
      ...profile,
      visit: moveVisit(visit, type, at),
      affinities: editRecord(profile.affinities, tags, (sum) => addFading(sum, weight, at, halfLifeDays), {
        most: PROFILE_LIMITS.tags,
        // Faded to the time of this event, of which all are compared.
        worth: (sum) => Math.abs(fade(sum, at, halfLifeDays)),
      }),
      recents: isSearch
        ? recents
        : dismissed.includes(id)
          ? recents.filter((recent) => recent.id !== id)
          : moveRecents(recents, event, id, seconds),
      dismissed,
    };
  };
}

function expose(profile: Profile, { item, slot, at }: InklingEvent, tags: readonly string[]): Profile {
  const keys: CounterKey[] = item ? [`item:${item}`, ...tags.map((tag) => `tag:${tag}` as const)] : [];
  if (!item && slot) keys.push(`slot:${slot}`);
  return { ...profile, counters: count(profile.counters, keys, at) };
}

/** An act that comes from an earlier visit says nothing of this one. */
function moveVisit(visit: Profile['visit'], type: EventType, at: number): Profile['visit'] {
  if (at < visit.startedAt) return visit;
  const cart = type === 'purchase' ? 0 : visit.cart + Number(type === 'add_to_cart');
  return { ...visit, lastAt: Math.max(visit.lastAt, at), cart };
}

/** A rejection puts the item first, a `like` takes it back. */
function moveDismissed(dismissed: readonly string[], id: string, type: EventType): readonly string[] {
  if (type === 'like') return dismissed.includes(id) ? dismissed.filter((other) => other !== id) : dismissed;
  if (type !== 'dismiss' && type !== 'less_like_this') return dismissed;
  return [id, ...dismissed.filter((other) => other !== id)].slice(0, PROFILE_LIMITS.dismissed);
}

/** Newest first; of acts at one time the one entered last. */
function moveRecents(
  recents: readonly RecentItem[],
  { type, at }: InklingEvent,
  id: string,
  seconds: number,
): readonly RecentItem[] {
  const moved = touch(
    recents.find((recent) => recent.id === id),
    id,
    type,
    at,
    seconds,
  );
  const next = recents.filter((recent) => recent.id !== id);
  const place = next.findIndex((recent) => recent.at <= moved.at);
  next.splice(place < 0 ? next.length : place, 0, moved);
  return next.slice(0, PROFILE_LIMITS.recents);
}
