import type { Item, NeighbourEdges } from '@inkling/core';
import { HEAD } from './fit-to-bytes.ts';
import { orderItems } from './order-items.ts';

/** The catalog in the order that makes its neighbours file small; its first hundred items stay where they are. Edges of
 * items that it does not have are passed over. */
export function orderCatalog(catalog: readonly Item[], edges: NeighbourEdges['edges']): readonly Item[] {
  const placeOf = new Map(catalog.map(({ id }, place) => [id, place]));
  const places = Object.values(edges)
    .flat()
    .flatMap(([a, b, weight]) => {
      const [x, y] = [placeOf.get(a), placeOf.get(b)];
      return x === undefined || y === undefined || x === y ? [] : [[Math.min(x, y), Math.max(x, y), weight]];
    });
  const column = (at: number) => Uint32Array.from(places, (edge) => edge[at] as number);
  const graph = { items: catalog.length, from: column(0), to: column(1), weights: new Float64Array() };
  return Array.from(orderItems(graph, HEAD), (place) => catalog[place] as Item);
}
