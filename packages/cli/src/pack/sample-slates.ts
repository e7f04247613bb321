import { createContext, decide, type Item, readCatalog, type SlotSpec } from '@inkling/core';
import { indexCandidates } from '@inkling/core/candidates';
import { createFullEncoder, slateKindsFor } from '@inkling/core/full';
import { loadScorer } from '../model/load-scorer.ts';
import { SAMPLE_MOMENTS } from './sample-moments.ts';
import type { VerifiedPack } from './verify-pack.ts';

/** What stands in a slot in a moment, the first places of it. */
export interface SampleSlate {
  readonly slot: string;
  readonly moment: string;
  readonly ids: readonly string[];
}

/** More than this and the page would not look at all of the catalog either. */
const CANDIDATES = 500;
const PLACES = 8;

/** The slates of a pack for a new visitor in the sample moments. Every slot takes the best, so that a difference between
 * two packs is of what they hold and not of chance.
 * @param now for the age of items */
export async function sampleSlates(verified: VerifiedPack, now: number): Promise<readonly SampleSlate[]> {
  const { pack, assets } = verified;
  const catalog = readCatalog(assets.get('catalog') ?? new Uint8Array());
  const encoder = createFullEncoder(pack.spec);
  const model = assets.get('model');
  const scorer = model && (await loadScorer('model', model, pack.spec));
  const gather = indexCandidates({ pack, catalog, neighbours: assets.get('neighbours') ?? false });
  const slateKinds = slateKindsFor(pack.slots);
  return pack.slots.flatMap((slot) =>
    SAMPLE_MOMENTS.map(({ name, context: patch }): SampleSlate => {
      const context = createContext(patch);
      const shared = { context, profile: undefined, now, seed: 'diff' };
      const candidates =
        catalog.length > CANDIDATES
          ? gather({ ...shared, slot: slot.id, limit: CANDIDATES })
          : catalog.map((item) => ({ item, source: 'authored' }) as const);
      const { slate } = decide({
        ...shared,
        slot: withoutChance(slot),
        candidates,
        authored: candidates.map(({ item }) => item.id),
        encoder,
        scorer,
        slateKinds,
        arm: 'personalized',
        shown: new Set(),
      });
      return { slot: slot.id, moment: name, ids: slate.items.slice(0, slot.k ?? PLACES).map(({ id }) => id) };
    }),
  );
}

function withoutChance({ cadence, ...slot }: SlotSpec): SlotSpec {
  const policy = { type: 'greedy' } as const;
  return { ...slot, policy, ...(slot.shelves && { shelves: { ...slot.shelves, policy } }) };
}

/** Names for people. */
export function titlesOf(catalogs: readonly (readonly Item[])[]): ReadonlyMap<string, string> {
  return new Map(catalogs.flatMap((catalog) => catalog.map(({ id, title = id }) => [id, title] as const)));
}
