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
  /** Whether many visitors get the page; what one visitor's page was decided with never comes into it. @default false */
  readonly isShared?: boolean;
}

/** Decides the slots of one page, one after the other. */
export interface PageDecider {
  /** Epoch ms. */
  readonly now: number;
  /** All that the next decision is made from, but the slot itself. */
  moment(): string;
  /** Undefined to leave the slot to the client. */
  decide(slot: AuthoredSlot): EdgeSlate | undefined;
  /** From now on this is on the page. */
  note(edge: EdgeSlate): void;
}

/**
 * Decides the slots of one page, in document order: what one shows no later one does. As the client would in this moment
 * without a profile. `undefined` where nothing is known, as then the page stays as authored.
 */
export function decidePage(
  { pack, slots, items, means }: EdgePack,
  { context: patch, isShared = false, ...moment }: PageMoment,
): PageDecider {
  const { now, arm } = moment;
  const context = createContext(patch);
  const known = JSON.stringify([isShared, patch, arm]);
  const shown = new Set<string>();

  function decideSlot(slot: AuthoredSlot): EdgeSlate | undefined {
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
    return { kind, slate: { ...slate, source: 'edge' }, authored, now, version: pack.version };
  }
  return {
    now,
    moment: () => `${known} ${[...shown]}`,
    decide: decideSlot,
    note({ slate }) {
      for (const { id } of slate.items) shown.add(id);
    },
  };
}

function withPlaces(spec: SlotSpec, k: number | undefined): SlotSpec {
  if (spec.kind === 'variant') return { ...spec, k: 1 };
  return k === undefined ? spec : { ...spec, k };
}
