import { InklingError } from '../inkling-error.ts';
import { type Item, isSensitive } from '../item.ts';
import { log } from '../math.ts';
import { NEIGHBOUR_KINDS, NEIGHBOURS_MAGIC, type NeighbourKind, TOP_LEVEL } from './neighbour-table.ts';

/** Two items that go together, in either order, and how much: any positive number, such as the cosine of their
 * visitors. */
export type NeighbourEdge = readonly [a: string, b: string, weight: number];

export interface NeighbourEdges {
  readonly catalog: readonly Item[];
  readonly edges: Readonly<Partial<Record<NeighbourKind, readonly NeighbourEdge[]>>>;
  /** Items with one of these tags are left out. @default none */
  readonly sensitive?: readonly string[];
  /** An edge is kept while it is among so many strongest of one of its two items. @default 20 */
  readonly perItem?: number;
}

interface Edge {
  readonly a: number;
  readonly b: number;
  weight: number;
}

/** Writes the neighbours file of a pack (docs/candidates.md has the format). Edges named twice add up.
 * @throws InklingError E_ITEM for an edge of an item that the catalog does not have */
export function encodeNeighbours(source: NeighbourEdges): Uint8Array<ArrayBuffer> {
  const { catalog, sensitive = [], perItem = 20 } = source;
  const hidden = new Set(sensitive);
  const indexOf = new Map(catalog.map((item, index) => [item.id, isSensitive(item, hidden) ? -1 : index]));
  const out: number[] = [...NEIGHBOURS_MAGIC];
  const kinds = NEIGHBOUR_KINDS.filter((kind) => source.edges[kind]);
  writeNumber(out, catalog.length);
  writeNumber(out, kinds.length);
  for (const kind of kinds) {
    out.push(NEIGHBOUR_KINDS.indexOf(kind));
    const merged = mergeEdges(source.edges[kind] ?? [], indexOf, catalog.length);
    writeTable(out, strongest(merged, perItem), catalog.length);
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

function strongest(edges: readonly Edge[], perItem: number): readonly Edge[] {
  const kept = new Set<Edge>();
  const counts = new Map<number, number>();
  for (const edge of [...edges].sort((p, q) => q.weight - p.weight)) {
    for (const item of [edge.a, edge.b]) {
      const count = counts.get(item) ?? 0;
      if (count < perItem) kept.add(edge);
      counts.set(item, count + 1);
    }
  }
  return edges.filter((edge) => kept.has(edge));
}

/** The number of edges; for each item how many neighbours come after it in the catalog, and the steps to them; two levels
 * a byte, the first in the low bits. */
function writeTable(out: number[], edges: readonly Edge[], items: number): void {
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
  const top = edges.reduce((most, { weight }) => Math.max(most, weight), 0);
  const levels = edges.map(({ weight }) => levelOf(weight / top));
  for (let i = 0; i < levels.length; i += 2) {
    out.push((levels[i] as number) | ((levels[i + 1] ?? 0) << 4));
  }
}

/** Each level is √2 times the one below it; the strongest edge has the highest. */
function levelOf(share: number): number {
  return Math.max(0, Math.round(TOP_LEVEL + (2 * log(share)) / Math.LN2));
}

/** LEB128: seven bits a byte, the lowest first. */
function writeNumber(out: number[], value: number): void {
  let rest = value;
  for (; rest > 127; rest >>>= 7) out.push((rest & 127) | 128);
  out.push(rest);
}
