import {
  type AnyFeatureSpec,
  createContext,
  createReducer,
  type Encoder,
  emptyProfile,
  type Item,
  type Profile,
} from '@inkling/core';
import type { NeighbourScores } from '@inkling/core/candidates';
import { createFullEncoder } from '@inkling/core/full';
import type { Log, LogEntry, LoggedList } from '../log/log.ts';
import type { OpenedLog } from '../log/open-log.ts';

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

/** What was known of an item's popularity by others when this list was shown. */
export type PopularityOf = (item: Item, list: LoggedList) => number | undefined;

/** Walks the log in time order with the product's own reducer and encoder: each list is encoded from what its visitor
 * had done before it, and only then does its choice enter the profile.
 * @param neighboursOf what `indexNeighbours` makes of the pack's neighbours file and catalog. @default not known */
export function buildDataset(
  log: Log,
  spec: AnyFeatureSpec,
  popularityOf: PopularityOf,
  neighboursOf?: NeighbourScores,
): Dataset {
  const items = new Map<string, Item>();
  for (const entry of log)
    if (entry.kind === 'list') for (const item of entry.items) items.set(item.id, item);
  const encoder = createFullEncoder(spec);
  const step = createStep(encoder, items, popularityOf, neighboursOf);
  const profiles = new Map<string, Profile>();
  const examples: Example[] = [];
  for (const entry of log) {
    const { profile, example } = step(profiles.get(entry.visitor), entry);
    profiles.set(entry.visitor, profile);
    if (example) examples.push(example);
  }
  return { width: encoder.width, examples };
}

export interface StreamOptions {
  readonly popularityOf: PopularityOf;
  /** @default not known */
  readonly neighboursOf?: NeighbourScores | undefined;
  /** Whose lists. @default everyone's */
  readonly ofVisitor?: (visitor: string) => boolean;
}

/** The same of an opened log, visitor by visitor: memory holds the profile of one. */
export async function* streamExamples(
  opened: Pick<OpenedLog, 'items' | 'entries'>,
  spec: AnyFeatureSpec,
  { popularityOf, neighboursOf, ofVisitor = () => true }: StreamOptions,
): AsyncGenerator<Example> {
  const step = createStep(createFullEncoder(spec), opened.items, popularityOf, neighboursOf);
  let visitor: string | undefined;
  let profile: Profile | undefined;
  let isWanted = false;
  for await (const entry of opened.entries('visitor')) {
    if (entry.visitor !== visitor) {
      profile = undefined;
      visitor = entry.visitor;
      isWanted = ofVisitor(visitor);
    }
    if (!isWanted) continue;
    const next = step(profile, entry);
    profile = next.profile;
    if (next.example) yield next.example;
  }
}

/** One entry of a visitor: what the profile becomes, and how a list is encoded before it does. */
type Step = (
  profile: Profile | undefined,
  entry: LogEntry,
) => { readonly profile: Profile; readonly example?: Example };

function createStep(
  encoder: Encoder,
  items: ReadonlyMap<string, Item>,
  popularityOf: PopularityOf,
  neighboursOf?: NeighbourScores,
): Step {
  const halfLifeDays = encoder.spec.halfLifeDays ?? 14;
  const reduce = createReducer({ item: (id) => items.get(id), halfLifeDays });
  return (before, entry) => {
    let profile = before ?? emptyProfile(entry.at, entry.visitor);
    if (entry.kind === 'event') {
      return { profile: reduce(profile, { type: entry.type, item: entry.item, at: entry.at }) };
    }
    const candidates = entry.items.map((item) => withPopularity(item, popularityOf(item, entry)));
    const context = createContext(entry.context);
    const neighbours = neighboursOf?.(
      entry.items.map((item) => ({ item })),
      profile,
    );
    const features = encoder.encode({ context, profile, items: candidates, now: entry.at, neighbours });
    const example = { list: entry, features, profile };
    entry.items.forEach((item, index) => {
      if (entry.labels[index]) profile = reduce(profile, { type: 'click', item: item.id, at: entry.at });
    });
    return { profile, example };
  };
}

/** The item as a pack's catalog would state it. */
export function withPopularity(item: Item, popularity: number | undefined): Item {
  return popularity === undefined ? item : { ...item, attributes: { ...item.attributes, popularity } };
}
