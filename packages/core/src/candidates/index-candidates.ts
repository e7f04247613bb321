import type { Context } from '../context/context.ts';
import { readSignal } from '../context/create-context.ts';
import type { Item } from '../item.ts';
import type { Pack } from '../pack/pack.ts';
import { type Prng, prng } from '../prng.ts';
import { lastShown } from '../profile/last-shown.ts';
import type { Profile } from '../profile/profile.ts';
import { tastes } from '../profile/tastes.ts';
import type { Cadence } from '../slate/slot.ts';
import { best } from './best.ts';
import type { Candidate, CandidateSource } from './candidate.ts';
import { type NeighbourGraph, type NeighbourSources, openNeighbours } from './neighbour-graph.ts';
import { popularityOf } from './popularity.ts';
import { add, clear, emptyScores, walk } from './walk.ts';

export interface CandidateSources extends NeighbourSources {
  readonly pack: Pick<Pack, 'spec' | 'popularityBy'>;
}

export interface CandidateRequest {
  readonly profile: Profile | undefined;
  readonly context: Context;
  /** Epoch ms. */
  readonly now: number;
  /** Of the visit and the page; the sample's own stream is derived from it. */
  readonly seed: string;
  /** Id of the slot to be filled. */
  readonly slot: string;
  /** Of the slot. What was shown there last is among the candidates where it may have to stay. @default 'always' */
  readonly cadence?: Cadence | undefined;
  /** How many candidates, 100 to 500. @default 300 */
  readonly limit?: number;
}

/** Picks what is worth scoring from the catalog. */
export type GatherCandidates = (request: CandidateRequest) => readonly Candidate[];

const FEWEST = 100;
const MOST = 500;
const USUAL = 300;
/** Chance is one of them, and takes what the others leave. */
const SOURCES = 6;
/** Draws for each item to be found by chance, before the rest is taken in the catalog's order. */
const DRAWS = 8;

/** Prepares a catalog, once a pack: lists of what is popular and new, and the items of each tag. What it gives back then
 * gathers, at each decision, an equal share from each source: what the visitors of the recent items also bought, what
 * they also viewed, the visitor's tastes, what is popular in this moment, what is new, and a seeded sample of the rest.
 * An item is taken once, with the first source that named it. Its time grows with the items that share a tag with the
 * visitor's tastes, not with the catalog.
 * @throws InklingError E_PACK_FORMAT for a neighbours file that cannot be read */
export function indexCandidates(
  sources: CandidateSources,
  { tables, indexOf, recentsOf }: NeighbourGraph = openNeighbours(sources),
): GatherCandidates {
  const { catalog, pack } = sources;
  const { popularityBy, spec } = pack;
  const size = catalog.length;
  const ids = catalog.map(({ id }) => id);
  const tagged = itemsByTag(catalog);
  const isOpen = (index: number) => catalog[index]?.available !== false;
  const open = [...catalog.keys()].filter(isOpen);
  const listBy = (value: (item: Item) => number) => best(open, catalog.map(value), ids, MOST);
  const published = catalog.map(({ publishedAt = '' }) => Date.parse(publishedAt));
  const fresh = best(open, published, ids, MOST);
  const popular = new Map<string, readonly number[]>();
  const scores = emptyScores(size);
  const spare = emptyScores(size);

  const popularIn = (moment: string): readonly number[] => {
    const known = popular.get(moment);
    if (known) return known;
    const list = listBy((item) => popularityOf(item, moment));
    popular.set(moment, list);
    return list;
  };

  return ({ profile, context, now, seed, slot, cadence = 'always', limit = USUAL }) => {
    const most = Math.min(Math.max(limit, FEWEST), MOST, open.length);
    const share = Math.ceil(most / SOURCES);
    const chosen = new Map<number, CandidateSource>();
    const take = (source: CandidateSource, among: Iterable<number>, until: number) => {
      for (const index of among) {
        if (chosen.size >= until) return;
        if (!chosen.has(index)) chosen.set(index, source);
      }
    };
    const takeShare = (source: CandidateSource, among: Iterable<number>) =>
      take(source, among, Math.min(most, chosen.size + share));
    const takeBest = (source: CandidateSource) => {
      const { of, touched, count } = scores;
      for (let i = 0; i < count; i++) {
        const index = touched[i] as number;
        // What other sources have named already does not count.
        if (chosen.has(index) || !isOpen(index)) of[index] = 0;
      }
      takeShare(source, best(touched.subarray(0, count), of, ids, share));
      clear(scores);
    };

    if (cadence !== 'always') {
      const last = lastShown(profile, slot)?.items ?? [];
      take('stay', last.flatMap((id) => indexOf.get(id) ?? []).filter(isOpen), most);
    }
    const recents = recentsOf(profile);
    for (const { kind, paths } of tables) {
      walk(paths, recents, scores, spare);
      for (const item of recents) scores.of[item] = 0;
      takeBest(kind);
    }
    for (const [tag, taste] of tastes(profile, now, spec.halfLifeDays ?? 14)) {
      tagged.get(tag)?.forEach((index) => {
        add(scores, index, taste);
      });
    }
    takeBest('affinity');
    takeShare('popular', popularIn(popularityBy ? readSignal(context, popularityBy) : ''));
    takeShare(
      'fresh',
      fresh.filter((index) => (published[index] as number) <= now),
    );
    take('explore', draws(open, prng(seed, `candidates ${slot}`), DRAWS * (most - chosen.size)), most);
    take('explore', open, most);
    return [...chosen].map(([index, source]) => ({ item: catalog[index] as Item, source }));
  };
}

function* draws(open: readonly number[], random: Prng, count: number): Generator<number> {
  for (let draw = 0; draw < count; draw++) yield open[random() % open.length] as number;
}

function itemsByTag(catalog: readonly Item[]): ReadonlyMap<string, readonly number[]> {
  const tagged = new Map<string, number[]>();
  catalog.forEach(({ tags = [] }, index) => {
    for (const tag of tags) {
      const items = tagged.get(tag);
      if (items) items.push(index);
      else tagged.set(tag, [index]);
    }
  });
  return tagged;
}
