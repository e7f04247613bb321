import {
  type Context,
  createContext,
  createEncoder,
  type Encoder,
  emptyProfile,
  encodeNeighbours,
  type FeatureSpec,
  type Item,
  type NeighbourEdge,
  type Profile,
  prng,
  type SlotSpec,
} from '@inkling/core';
import { type GatherCandidates, indexCandidates } from '@inkling/core/candidates';

export const NOW = Date.parse('2026-06-01T00:00:00Z');
const TAGS = Array.from({ length: 40 }, (_, i) => `tag-${i}`);
const EDGES = 10;

/** A made-up shop, and one of its visitors. */
export interface Shop {
  readonly catalog: readonly Item[];
  readonly gather: GatherCandidates;
  readonly encoder: Encoder;
  readonly slot: SlotSpec;
  readonly profile: Profile;
  readonly context: Context;
}

/** The same for the same size: a catalog with both tables of neighbours, and a visitor of a rainy evening with ten recent
 * items and twelve tastes. */
export function createShop(size: number): Shop {
  const catalog = itemsOf(size);
  const random = prng('decision', 'visitor');
  const edges: readonly NeighbourEdge[] = catalog.flatMap(({ id }) =>
    Array.from({ length: EDGES }, () => [id, `item-${random() % size}`, 1 + (random() % 100)] as const),
  );
  const neighbours = encodeNeighbours({ catalog, edges: { viewed: edges, bought: edges } });
  return {
    catalog,
    gather: indexCandidates({ pack: { spec }, catalog, neighbours }),
    encoder: createEncoder(spec),
    slot,
    profile: {
      ...emptyProfile(0, 's'),
      recents: Array.from({ length: 10 }, (_, i) => ({
        id: `item-${random() % size}`,
        at: NOW - i * 60_000,
        views: 1 + (i % 3),
        clicks: i % 2,
      })),
      affinities: Object.fromEntries(TAGS.filter((_, i) => i % 3 === 0).map((tag) => [tag, [3, NOW]])),
    },
    context: createContext({
      time: { hour: 19, weekday: 5, month: 6 },
      weather: { condition: 'rain', temperature: 'mild' },
      device: { form: 'phone' },
    }),
  };
}

function itemsOf(size: number): readonly Item[] {
  const random = prng('decision', 'items');
  const share = () => random() / 2 ** 32;
  return Array.from({ length: size }, (_, i) => ({
    id: `item-${i}`,
    tags: Array.from({ length: 3 }, () => TAGS[random() % TAGS.length] as string),
    price: Math.round(10_000 * share()) / 100,
    publishedAt: `2026-0${1 + (random() % 5)}-1${random() % 10}`,
    attributes: {
      popularity: share(),
      weather: ['all', 'rain', 'clear', 'snow'][random() % 4] as string,
    },
  }));
}

const slot: SlotSpec = {
  id: 'grid',
  kind: 'list',
  k: 12,
  decide: 'client',
  policy: { type: 'epsilon', epsilon: 0.1 },
  rules: [
    { type: 'exclude', tag: 'tag-39' },
    { type: 'pin', item: 'item-0', position: 3 },
  ],
  diversity: { lambda: 0.8 },
};

const sentence = 'It fits.';

/** 52 columns in 7 groups. */
const spec: FeatureSpec = {
  format: 2,
  groups: ['weather', 'time', 'device', 'taste', 'recent', 'value', 'kind'].map((id) => ({ id, sentence })),
  features: [
    {
      kind: 'one-hot',
      group: 'weather',
      source: 'weather.condition',
      values: ['clear', 'cloud', 'fog', 'rain', 'snow', 'storm'],
      sentence,
    },
    { kind: 'match', group: 'weather', signal: 'weather.condition', source: 'attribute:weather', sentence },
    {
      kind: 'one-hot',
      group: 'time',
      source: 'time.daypart',
      values: ['morning', 'midday', 'afternoon', 'evening', 'night'],
      sentence,
    },
    {
      kind: 'one-hot',
      group: 'device',
      source: 'device.form',
      values: ['phone', 'tablet', 'desktop'],
      sentence,
    },
    { kind: 'number', group: 'taste', source: 'affinity:mean', sentence },
    { kind: 'number', group: 'taste', source: 'affinity:max', indicator: false, sentence },
    { kind: 'number', group: 'recent', source: 'recent:views', transforms: [{ type: 'log1p' }], sentence },
    { kind: 'number', group: 'recent', source: 'recent:clicks', transforms: [{ type: 'log1p' }], sentence },
    { kind: 'number', group: 'value', source: 'item:price', transforms: [{ type: 'share' }], sentence },
    { kind: 'number', group: 'value', source: 'attribute:popularity', sentence },
    { kind: 'multi-hot', group: 'kind', source: 'item:tags', values: TAGS.slice(0, 20), sentence },
  ],
  phrases: {},
};
