import type { Item } from '../item.ts';
import type { SlateRequest } from './slate-request.ts';
import type { SlotSpec } from './slot.ts';

/** What a slate is chosen from. */
export interface Stage {
  /** Indices of the items that may stand in the slate, without those that are pinned. */
  readonly open: number[];
  /** Position to index. */
  readonly pins: Map<number, number>;
  /** Places to decide: no more than there are items for. */
  readonly places: number;
  /** Authored items that are not among the candidates; they fill a slate that is short. */
  readonly fills: readonly string[];
}

/** Applies to the candidates what decides which of them may stand in the slate at all, and which stand where.
 * @param allowed asked of every item in stock */
export function setStage(
  request: SlateRequest,
  allowed: (item: Item) => boolean,
  pinned: readonly { readonly item: string; readonly position: number }[],
): Stage {
  const { items, excluded, authored } = request;
  const seen = new Set(excluded);
  const open: number[] = [];
  items.forEach((item, index) => {
    // An id that comes twice counts once.
    if (!seen.has(item.id) && item.available !== false && allowed(item)) open.push(index);
    seen.add(item.id);
  });
  const places = Math.min(placesOf(request), open.length);
  const pins = new Map<number, number>();
  for (const { item, position } of pinned) {
    const at = open.findIndex((index) => items[index]?.id === item);
    if (at < 0 || position >= places || pins.has(position)) continue;
    pins.set(position, open.splice(at, 1)[0] as number);
  }
  const fills = authored.filter((id) => !seen.has(id) && allowed({ id }));
  return { open, pins, places, fills };
}

/** How many places the slot has. */
export function placesOf({
  slot,
  items,
}: {
  readonly slot: SlotSpec;
  readonly items: readonly unknown[];
}): number {
  return slot.k ?? (slot.kind === 'variant' ? 1 : items.length);
}
