import { brotliCompressSync, constants } from 'node:zlib';
import { encodeNeighbours, type NeighbourEdge, type NeighbourKind } from '@inkling/core';
import { type Graph, subgraph } from './graph.ts';
import { orderItems } from './order-items.ts';

/** So many items stay first, in the order their author gave them: of a slot that names no items the authored slate is
 * the head of the catalog. */
export const HEAD = 100;
/** A size this near to the budget is good enough; brotli and the order make it jump a little from edge to edge. */
const NEAR = 0.99;
const TRIES = 8;
/** Edges a byte, to begin with. */
const USUAL = 0.97;

/** A neighbours file, as a site serves it. */
export interface NeighboursFile {
  /** Most useful first. */
  readonly edges: readonly NeighbourEdge[];
  /** Ids of the items, in the order of the catalog that the content is for. */
  readonly order: readonly string[];
  readonly content: Uint8Array;
  /** Of the content, compressed by brotli at quality 11. */
  readonly bytes: number;
}

export interface FitOptions {
  readonly ids: readonly string[];
  readonly kind: NeighbourKind;
  readonly maxBytes: number;
}

/** Makes the file of as many edges as fit into a number of bytes.
 * @param graph with weights @param ranked its edges, most useful first */
export function fitToBytes(graph: Graph, ranked: Uint32Array, options: FitOptions): NeighboursFile {
  const { maxBytes } = options;
  let count = Math.min(Math.floor(maxBytes * USUAL), ranked.length);
  let [least, most] = [0, ranked.length + 1];
  let best = writeFile(graph, ranked.subarray(0, 0), options);
  for (let attempt = 0; attempt < TRIES && most - least > 1; attempt++) {
    const file = writeFile(graph, ranked.subarray(0, count), options);
    if (file.bytes <= maxBytes) {
      best = file;
      least = count;
      if (count === ranked.length || file.bytes >= maxBytes * NEAR) break;
    } else most = count;
    const wanted = Math.floor((count * maxBytes * (1 + NEAR)) / 2 / file.bytes);
    count = wanted > least && wanted < most ? wanted : (least + most) >> 1;
  }
  return best;
}

function writeFile(graph: Graph, chosen: Uint32Array, { ids, kind }: FitOptions): NeighboursFile {
  const kept = subgraph(graph, chosen);
  const order = Array.from(orderItems(kept, HEAD), (item) => ids[item] as string);
  const edges = Array.from(kept.from, (from, edge): NeighbourEdge => {
    // Rounded here, so that a file of edges gives the same bytes.
    const weight = Number((kept.weights[edge] as number).toPrecision(4));
    return [ids[from] as string, ids[kept.to[edge] as number] as string, weight];
  });
  const catalog = order.map((id) => ({ id }));
  const content = encodeNeighbours({ catalog, edges: { [kind]: edges } });
  return { edges, order, content, bytes: brotliBytes(content) };
}

export function brotliBytes(content: Uint8Array): number {
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}
