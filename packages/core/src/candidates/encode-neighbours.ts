import { InklingError } from '../inkling-error.ts';
import { type Item, isSensitive } from '../item.ts';
import { log } from '../math.ts';
import {
  FINE,
  type Levels,
  NEIGHBOUR_KINDS,
  NEIGHBOURS_MAGIC,
  type NeighbourKind,
} from './neighbour-table.ts';

/** Two items that go together, in either order, and how much: any positive number, such as the cosine of their
 * visitors. */
export type NeighbourEdge = readonly [a: string, b: string, weight: number];

export interface NeighbourEdges {
  readonly catalog: readonly Item[];
  readonly edges: Readonly<Partial<Record<NeighbourKind, readonly NeighbourEdge[]>>>;
  /** Items with one of these tags are left out. @default none */
  readonly sensitive?: readonly string[];
}

/** Up to so many edges of a table have weights of four bits, more have two: beyond, half a byte more for each would buy
 * less than the edges that fit in its place. */
const FINE_EDGES = 10_000;
/** Of many edges so many of the weakest, and so many of the strongest, share the lowest and the highest level. */
const [WEAKEST, STRONGEST] = [0.05, 0.005];

interface Edge {
  readonly a: number;
  readonly b: number;
  weight: number;
}

/** Writes the neighbours file of a pack (docs/candidates.md has the format). Edges named twice add up.
 * @throws InklingError E_ITEM for an edge of an item that the catalog does not have */
export function encodeNeighbours(source: NeighbourEdges): Uint8Array<ArrayBuffer> {
  const { catalog, sensitive = [] } = source;
  const hidden = new Set(sensitive);
  const indexOf = new Map(catalog.map((item, index) => [item.id, isSensitive(item, hidden) ? -1 : index]));
  const out: number[] = [...NEIGHBOURS_MAGIC, 2];
  const kinds = NEIGHBOUR_KINDS.filter((kind) => source.edges[kind]);
  writeNumber(out, catalog.length);
  writeNumber(out, kinds.length);
  for (const kind of kinds) {
    out.push(NEIGHBOUR_KINDS.indexOf(kind));
    writeTable(out, mergeEdges(source.edges[kind] ?? [], indexOf, catalog.length), catalog.length);
  }
  return Uint8Array.from(out);
}

/** Each edge once, from the lower to the higher item, ascending. */
function mergeEdges(
  edges: readonly NeighbourEdge[],
  indexOf: ReadonlyMap<string, number>,
  items: number,
): readonly Edge[] {
  const find = (id: string) => {
    const index = indexOf.get(id);
    if (index === undefined) throw new InklingError('E_ITEM', `neighbours: the catalog has no item ${id}`);
    return index;
  };
  const merged = new Map<number, Edge>();
  for (const [one, other, weight] of edges) {
    const [x, y] = [find(one), find(other)];
    const [a, b] = [Math.min(x, y), Math.max(x, y)];
    if (a < 0 || a === b || !(weight > 0)) continue;
    const known = merged.get(a * items + b);
    if (known) known.weight += weight;
    else merged.set(a * items + b, { a, b, weight });
  }
  return [...merged.values()].sort((p, q) => p.a - q.a || p.b - q.b);
}

/** How levels are written and the number of edges; for each item how many neighbours come after it in the catalog, and the
 * steps to them; the levels, the first in the low bits of a byte. */
function writeTable(out: number[], edges: readonly Edge[], items: number): void {
  const { levels, top } = chooseLevels(edges);
  out.push(levels.bits, levels.step);
  writeNumber(out, edges.length);
  let at = 0;
  for (let item = 0; item < items; item++) {
    let end = at;
    while (edges[end]?.a === item) end++;
    writeNumber(out, end - at);
    for (let last = item; at < end; at++) {
      const { b } = edges[at] as Edge;
      writeNumber(out, b - last - 1);
      last = b;
    }
  }
  for (let i = 0; i < edges.length; ) {
    let byte = 0;
    for (let shift = 0; shift < 8 && i < edges.length; shift += levels.bits, i++) {
      byte |= levelOf((edges[i] as Edge).weight / top, levels) << shift;
    }
    out.push(byte);
  }
}

/** @returns also the weight that has the highest level */
function chooseLevels(edges: readonly Edge[]): { readonly levels: Levels; readonly top: number } {
  const weights = Float64Array.from(edges, ({ weight }) => weight).sort();
  const at = (share: number) => weights[Math.floor(share * (weights.length - 1))] ?? 1;
  if (edges.length <= FINE_EDGES) return { levels: FINE, top: at(1) };
  const top = at(1 - STRONGEST);
  const step = Math.round((16 * log(top / at(WEAKEST))) / Math.LN2 / 3);
  return { levels: { bits: 2, step: Math.min(Math.max(step, 1), 255) }, top };
}

/** @param share of the weight that has the highest level */
function levelOf(share: number, { bits, step }: Levels): number {
  const highest = (1 << bits) - 1;
  const below = Math.round((-16 * log(share)) / Math.LN2 / step);
  return Math.min(Math.max(highest - below, 0), highest);
}

/** LEB128: seven bits a byte, the lowest first. */
function writeNumber(out: number[], value: number): void {
  let rest = value;
  for (; rest > 127; rest >>>= 7) out.push((rest & 127) | 128);
  out.push(rest);
}
