import type { EventType, InklingEvent } from '../profile/event.ts';
import type { Slate } from '../slate/slate.ts';

/** A slate that was seen, and what it has been credited with. */
export interface Exposure {
  readonly slate: Slate;
  /** When it was seen, epoch ms. */
  readonly at: number;
  readonly credited: ReadonlySet<EventType>;
}

/** What counts as a reward, and whether it speaks for the item. */
const REWARDS: ReadonlyMap<EventType, boolean> = new Map([
  ['click', true],
  ['add_to_cart', true],
  ['purchase', true],
  ['like', true],
  ['dismiss', false],
  ['less_like_this', false],
]);

/** How long after it was seen a slate may be credited: 30 minutes. */
const CREDIT_MS = 1_800_000;

/** Whether the event speaks for its item (true), against it (false), or says nothing (undefined). */
export function rewardOf({ type }: InklingEvent): boolean | undefined {
  return REWARDS.get(type);
}

/** The exposure that an event credits: the latest that holds the item, if it was seen within the 30 minutes before and
 * no event of this type has credited it yet. */
export function creditOf<Seen extends Exposure>(
  event: InklingEvent,
  exposures: readonly Seen[],
): Seen | undefined {
  if (rewardOf(event) === undefined) return undefined;
  let latest: Seen | undefined;
  for (const exposure of exposures) {
    const { slate, at } = exposure;
    if (at > event.at || at < event.at - CREDIT_MS) continue;
    if (latest && latest.at > at) continue;
    if (slate.items.some(({ id }) => id === event.item)) latest = exposure;
  }
  return latest?.credited.has(event.type) ? undefined : latest;
}
