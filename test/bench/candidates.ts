import { createContext, emptyProfile, encodeNeighbours, type Item, prng } from '@inkling/core';
import { indexCandidates } from '@inkling/core/candidates';
import type { Bench, BenchRow } from './bench.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const RUNS = 400;
const spec = { format: 1, groups: [], features: [], phrases: {} } as const;

/** Time to gather 300 candidates from catalogs that grow, for a visitor with ten recent items and twelve tastes, and to
 * prepare the catalog once. */
export const bench: Bench = async () =>
  [1_000, 10_000, 100_000].flatMap((size): readonly BenchRow[] => {
    const catalog = items(size);
    const neighbours = encodeNeighbours({
      catalog,
      edges: { viewed: edges(catalog), bought: edges(catalog) },
    });
    const started = performance.now();
    const gather = indexCandidates({
      pack: { spec, popularityBy: 'weather.condition' },
      catalog,
      neighbours,
    });
    const prepared = performance.now() - started;
    const random = prng('bench', 'recents');
    const pick = () => catalog[random() % size]?.id ?? '';
    const profile = {
      ...emptyProfile(0, 's'),
      recents: Array.from({ length: 10 }, () => ({ id: pick(), at: NOW, views: 1, clicks: 0 })),
      affinities: Object.fromEntries(
        Array.from({ length: 12 }, (_, i) => [`tag-${i * 7}`, [3, NOW] as const]),
      ),
    };
    const context = createContext({ weather: { condition: 'rain' } });
    const times = Float64Array.from({ length: RUNS }, (_, run) => {
      const begun = performance.now();
      gather({ profile, context, now: NOW, seed: String(run), slot: 'grid' });
      return performance.now() - begun;
    })
      .subarray(RUNS / 4)
      .sort();
    const at = (share: number) => times[Math.floor(share * times.length)] as number;
    const name = `${size} items`;
    return [
      { case: name, metric: 'gather p50', value: at(0.5), low: at(0.05), high: at(0.95), unit: 'ms' },
      { case: name, metric: 'gather p99', value: at(0.99), unit: 'ms' },
      { case: name, metric: 'prepare once', value: prepared, unit: 'ms' },
      { case: name, metric: 'neighbours file', value: neighbours.length, unit: 'B' },
    ];
  });

function items(size: number): readonly Item[] {
  const random = prng('bench', 'items');
  return Array.from({ length: size }, (_, i) => ({
    id: `item-${i}`,
    tags: [`tag-${random() % 100}`, `tag-${random() % 100}`, `tag-${random() % 100}`],
    publishedAt: `2026-0${1 + (random() % 5)}-1${random() % 10}`,
    attributes: { popularity: random() / 2 ** 32, 'popularity:rain': random() / 2 ** 32 },
  }));
}

/** Ten edges an item. */
function edges(catalog: readonly Item[]): readonly (readonly [string, string, number])[] {
  const random = prng('bench', 'edges');
  return catalog.flatMap(({ id }) =>
    Array.from(
      { length: 10 },
      () => [id, catalog[random() % catalog.length]?.id ?? '', 1 + (random() % 100)] as const,
    ),
  );
}
