import type { EventType } from './event.ts';

/** An item that the visitor dealt with lately. A count that is absent is 0. */
export interface RecentItem {
  readonly id: string;
  /** Epoch ms of the latest act. */
  readonly at: number;
  readonly views: number;
  readonly clicks: number;
  /** Seconds spent on it, all visits together. */
  readonly dwell?: number;
  /** How often it was put into the cart. */
  readonly carts?: number;
  readonly purchases?: number;
}

/** Half a minute counts as a long look. */
const LONG_LOOK_SECONDS = 30;

/** The item after one more act. */
export function touch(
  before: RecentItem | undefined,
  id: string,
  type: EventType,
  at: number,
  seconds: number,
): RecentItem {
  const { views = 0, clicks = 0, dwell = 0, carts = 0, purchases = 0 } = before ?? {};
  const next = {
    id,
    at: Math.max(before?.at ?? at, at),
    views: views + Number(type === 'view'),
    clicks: clicks + Number(type === 'click'),
  };
  const rare = {
    dwell: dwell + seconds,
    carts: carts + Number(type === 'add_to_cart'),
    purchases: purchases + Number(type === 'purchase'),
  };
  return Object.assign(next, Object.fromEntries(Object.entries(rare).filter(([, value]) => value > 0)));
}

/** Whether the visitor put the item into the cart, or looked at it for half a minute and more, and did not buy it. */
export function isAbandoned({ carts = 0, dwell = 0, purchases = 0 }: RecentItem): boolean {
  return purchases === 0 && (carts > 0 || dwell >= LONG_LOOK_SECONDS);
}
