import {
  type AnyFeatureSpec,
  createContext,
  createReducer,
  emptyProfile,
  type Item,
  type Profile,
} from '@inkling/core';
import type { NeighbourScores } from '@inkling/core/candidates';
import { createFullEncoder } from '@inkling/core/full';
import type { Log, LoggedList } from '../log/log.ts';

/** One list, encoded as the product would have encoded it when it was shown. */
export interface Example {
  readonly list: LoggedList;
  /** f32[items × width]. */
  readonly features: Float32Array;
  readonly profile: Profile;
}

export interface Dataset {
  readonly width: number;
  readonly examples: readonly Example[];
}

/** Walks the log in time order with the product's own reducer and encoder: each list is encoded from what its visitor
 * had done before it, and only then does its choice enter the profile.
 * @param popularityOf what was known of an item's popularity by others when this list was shown
 * @param neighboursOf what `indexNeighbours` makes of the pack's neighbours file and catalog. @default not known */
export function buildDataset(
  log: Log,
  spec: AnyFeatureSpec,
  popularityOf: (item: Item, list: LoggedList) => number | undefined,
  neighboursOf?: NeighbourScores,
): Dataset {
  const encoder = createFullEncoder(spec);
  const items = new Map<string, Item>();
  const reduce = createReducer({ item: (id) => items.get(id), halfLifeDays: spec.halfLifeDays ?? 14 });
  const profiles = new Map<string, Profile>();
  const examples: Example[] = [];
  for (const entry of log) {
    let profile = profiles.get(entry.visitor) ?? emptyProfile(entry.at, entry.visitor);
    if (entry.kind === 'event') {
      profile = reduce(profile, { type: entry.type, item: entry.item, at: entry.at });
    } else {
      for (const item of entry.items) items.set(item.id, item);
      const candidates = entry.items.map((item) => withPopularity(item, popularityOf(item, entry)));
      const context = createContext(entry.context);
      const neighbours = neighboursOf?.(
        entry.items.map((item) => ({ item })),
        profile,
      );
      const features = encoder.encode({ context, profile, items: candidates, now: entry.at, neighbours });
      examples.push({ list: entry, features, profile });
      entry.items.forEach((item, index) => {
        if (entry.labels[index]) profile = reduce(profile, { type: 'click', item: item.id, at: entry.at });
      });
    }
    profiles.set(entry.visitor, profile);
  }
  return { width: encoder.width, examples };
}

/** The item as a pack's catalog would state it. */
export function withPopularity(item: Item, popularity: number | undefined): Item {
  return popularity === undefined ? item : { ...item, attributes: { ...item.attributes, popularity } };
}
