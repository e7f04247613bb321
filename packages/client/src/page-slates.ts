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
  /** Drops every decision, and with it what each knows of visitor and moment; the slates stay. */
  forget(): void;
  /** Begins another page of the same document: what is known of the slots of the one before goes. */
  turnPage(): void;
  /** Items in the slots that were decided before this one. */
  shownBefore(slot: string): ReadonlySet<string>;
}

export function createPageSlates(): PageSlates {
  const latest = new Map<string, Slate>();
  let made = new WeakMap<Slate, Decision>();
  const decisionIn = (slot = '') => made.get(latest.get(slot) as Slate);
  return {
    record(slate, decision) {
      latest.set(slate.slot, slate);
      if (decision) made.set(slate, decision);
    },
    all: () => [...latest.values()],
    decisionIn,
    decisionOf(slate) {
      const decision = decisionIn(slate.slot);
      return made.get(slate) ?? (decision?.slate.decisionId === slate.decisionId ? decision : undefined);
    },
    forget() {
      made = new WeakMap();
    },
    turnPage: () => latest.clear(),
    shownBefore(slot) {
      const shown = new Set<string>();
      for (const [other, { items }] of latest) {
        if (other === slot) break;
        for (const { id } of items) shown.add(id);
      }
      return shown;
    },
  };
}
