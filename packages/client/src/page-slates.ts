import type { Decision, Slate } from '@inkling/core';

/** What this page has decided, slot by slot. */
export interface PageSlates {
  /** Replaces what was known of the slot. @param decision absent where the page stays as authored */
  record(slate: Slate, decision: Decision | undefined): void;
  /** The latest slate of every slot, in the order in which they were first decided. */
  all(): readonly Slate[];
  /** The latest decision of a slot. */
  decisionIn(slot: string | undefined): Decision | undefined;
  /** The decision behind a slate of this page, however old; behind a copy of one, if it is its slot's latest. */
  decisionOf(slate: Slate): Decision | undefined;
  /** Items in the slots that were decided before this one. */
  shownBefore(slot: string): ReadonlySet<string>;
}

export function createPageSlates(): PageSlates {
  const entries = new Map<string, { readonly slate: Slate; readonly decision: Decision | undefined }>();
  const made = new WeakMap<Slate, Decision>();
  const decisionIn = (slot = '') => entries.get(slot)?.decision;
  return {
    record(slate, decision) {
      entries.set(slate.slot, { slate, decision });
      if (decision) made.set(slate, decision);
    },
    all: () => [...entries.values()].map(({ slate }) => slate),
    decisionIn,
    decisionOf(slate) {
      const latest = decisionIn(slate.slot);
      return made.get(slate) ?? (latest?.slate.decisionId === slate.decisionId ? latest : undefined);
    },
    shownBefore(slot) {
      const shown = new Set<string>();
      for (const [other, { slate }] of entries) {
        if (other === slot) break;
        for (const { id } of slate.items) shown.add(id);
      }
      return shown;
    },
  };
}
