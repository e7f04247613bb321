import type { Slate } from '@inkling/core';
import type { Inkling } from './inkling.ts';

/** What a site hears of a slate for its own analytics: nothing of the visitor, and no score. */
export interface Shown {
  /** The same for a decision and its exposure. */
  readonly decisionId: string;
  readonly slot: string;
  readonly source: Slate['source'];
  readonly arm: Slate['arm'];
  /** Ids, the first place first. */
  readonly items: readonly string[];
  /** Probability of the whole slate, given what could be shown: 0 to 1. */
  readonly propensity: number;
}

export interface ShownListeners {
  /** A slot was decided. */
  readonly onDecision?: (shown: Shown) => void;
  /** The visitor saw what was decided: half in view for a second. */
  readonly onExposure?: (shown: Shown) => void;
}

/** Tells the site what its slots show, in the declared fields of `Shown` and no others. Inkling itself sends none of it;
 * whether the site may is for its own consent to say. @returns the disposer */
export function watchShown(inkling: Inkling, { onDecision, onExposure }: ShownListeners): () => void {
  const stops = [
    onDecision && inkling.on('decision', (slate) => onDecision(shownOf(slate))),
    onExposure && inkling.on('exposure', (slate) => onExposure(shownOf(slate))),
  ];
  return () => {
    for (const stop of stops) stop?.();
  };
}

function shownOf({ decisionId, slot, source, arm, items, propensity }: Slate): Shown {
  return { decisionId, slot, source, arm, items: items.map(({ id }) => id), propensity };
}
