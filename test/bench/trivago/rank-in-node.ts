import type { Log, LoggedList } from '@inkling/cli';
import {
  type AnyFeatureSpec,
  createContext,
  createReducer,
  decide,
  emptyProfile,
  type Item,
  type Profile,
  type Scorer,
  type SlotSpec,
} from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';

/** A list, the profile its visitor had when it was shown, and the order the ranker gives it. */
export interface RankedList {
  readonly list: LoggedList;
  readonly profile: Profile;
  readonly order: readonly string[];
}

export interface RankerParts {
  readonly spec: AnyFeatureSpec;
  readonly slot: SlotSpec;
  readonly scorer: Scorer;
  /** What the pack's catalog knows. */
  readonly catalog: ReadonlyMap<string, Item>;
}

/** Replays a log through the decision core: every list is decided from what its visitor had done before it. */
export function rankInNode(log: Log, { spec, slot, scorer, catalog }: RankerParts): readonly RankedList[] {
  const encoder = createFullEncoder(spec);
  const reduce = createReducer({ item: (id) => catalog.get(id) });
  const profiles = new Map<string, Profile>();
  const ranked: RankedList[] = [];
  for (const entry of log) {
    let profile = profiles.get(entry.visitor) ?? emptyProfile(entry.at, entry.visitor);
    if (entry.kind === 'event') {
      profile = reduce(profile, { type: entry.type, item: entry.item, at: entry.at });
    } else {
      const { slate } = decide({
        slot,
        candidates: entry.items.map((item) => ({
          item: { ...catalog.get(item.id), ...item },
          source: 'authored',
        })),
        authored: entry.items.map(({ id }) => id),
        context: createContext(entry.context),
        profile,
        encoder,
        scorer,
        arm: 'personalized',
        shown: new Set(),
        seed: entry.visitor,
        now: entry.at,
      });
      ranked.push({ list: entry, profile, order: slate.items.map(({ id }) => id) });
      entry.items.forEach((item, index) => {
        if (entry.labels[index]) profile = reduce(profile, { type: 'click', item: item.id, at: entry.at });
      });
    }
    profiles.set(entry.visitor, profile);
  }
  return ranked;
}
