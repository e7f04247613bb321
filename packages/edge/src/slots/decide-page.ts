import {
  type Arm,
  type ContextPatch,
  createContext,
  decide,
  type EdgeSlate,
  isAnythingKnown,
  type SlotSpec,
} from '@inkling/core';
import type { EdgePack } from '../pack/open-edge-pack.ts';
import type { AuthoredSlot } from './authored-slot.ts';
import { authoredIds } from './write-slot.ts';

/** All that the slots of a page are decided from. */
export interface PageMoment {
  readonly context: ContextPatch;
  readonly arm: Arm;
  /** Epoch ms. */
  readonly now: number;
  /** Names the decisions; nothing is drawn from it. */
  readonly seed: string;
}

/**
 * Decides the slots of one page, in document order: what one shows no later one does. As the client would in this moment
 * without a profile. `undefined` where nothing is known, as then the page stays as authored.
 */
export function decidePage(
  { pack, slots, items, means }: EdgePack,
  { context: patch, ...moment }: PageMoment,
): (authored: AuthoredSlot) => EdgeSlate | undefined {
  const context = createContext(patch);
  const shown = new Set<string>();
  return (slot) => {
    const { kind } = slot;
    const spec = slots.get(slot.id);
    const authored = authoredIds(slot);
    if (kind !== 'order' && kind !== 'variant') return undefined;
    if (spec?.kind !== kind || authored.length === 0 || !isAnythingKnown(context)) return undefined;
    const { slate } = decide({
      ...moment,
      ...means,
      context,
      profile: undefined,
      slot: withPlaces(spec, slot.k),
      candidates: authored.map((id) => ({ item: { ...items.get(id), id }, source: 'authored' })),
      authored,
      shown,
    });
    for (const { id } of slate.items) shown.add(id);
    return { kind, slate: { ...slate, source: 'edge' }, authored, now: moment.now, version: pack.version };
  };
}

function withPlaces(spec: SlotSpec, k: number | undefined): SlotSpec {
  if (spec.kind === 'variant') return { ...spec, k: 1 };
  return k === undefined ? spec : { ...spec, k };
}
