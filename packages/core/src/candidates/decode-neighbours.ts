import { InklingError } from '../inkling-error.ts';
import {
  FINE,
  type Levels,
  NEIGHBOUR_KINDS,
  NEIGHBOURS_MAGIC,
  type NeighbourTable,
} from './neighbour-table.ts';

/** 2^(-1 / 16). */
const SIXTEENTH = 0.9576032806985737;

/** Reads the neighbours file of a pack. Its time and memory are bounded by the file and the catalog, whatever the bytes.
 * @param items how many the catalog has
 * @throws InklingError E_PACK_FORMAT */
export function decodeNeighbours(bytes: Uint8Array, items: number): readonly NeighbourTable[] {
  const reader = createReader(bytes);
  for (const byte of NEIGHBOURS_MAGIC) reader.expect('a neighbours file', reader.byte() === byte);
  const version = reader.byte();
  reader.expect('version 1 or 2', version === 1 || version === 2);
  reader.expect(`the neighbours of ${items} items`, reader.number() === items);
  const count = reader.number();
  reader.expect('each table once', count <= NEIGHBOUR_KINDS.length);
  const tables = Array.from({ length: count }, () => readTable(reader, items, version));
  reader.expect('each table once', new Set(tables.map(({ kind }) => kind)).size === count);
  reader.expect('the end', reader.left() === 0);
  return tables;
}

interface Reader {
  byte(): number;
  number(): number;
  left(): number;
  fail(expected: string): never;
  expect(expected: string, fits: boolean): void;
}

function createReader(bytes: Uint8Array): Reader {
  let at = 0;
  const reader: Reader = {
    left: () => bytes.length - at,
    byte() {
      return bytes[at++] ?? reader.fail('another byte');
    },
    number() {
      let value = 0;
      for (let shift = 0; shift < 28; shift += 7) {
        const byte = reader.byte();
        value |= (byte & 127) << shift;
        if (byte < 128) return value;
      }
      return reader.fail('a number below 2^28');
    },
    fail(expected) {
      throw new InklingError('E_PACK_FORMAT', `neighbours: expected ${expected} at byte ${at}`);
    },
    expect(expected, fits) {
      if (!fits) reader.fail(expected);
    },
  };
  return reader;
}

function readTable(reader: Reader, items: number, version: number): NeighbourTable {
  const kind = NEIGHBOUR_KINDS[reader.byte()];
  if (!kind) throw new InklingError('E_PACK_FORMAT', 'neighbours: a table of an unknown kind');
  const levels = version === 1 ? FINE : { bits: reader.byte(), step: reader.byte() };
  reader.expect('levels of 1, 2 or 4 bits', [1, 2, 4].includes(levels.bits));
  const edges = reader.number();
  // An item takes a byte, an edge one and its level.
  reader.expect('as many edges as it says', items + edges * (1 + levels.bits / 8) <= reader.left());
  const from = new Uint32Array(edges);
  const to = new Uint32Array(edges);
  const start = new Uint32Array(items + 1);
  let edge = 0;
  for (let item = 0; item < items; item++) {
    const count = reader.number();
    reader.expect('no more edges than it says', edge + count <= edges);
    let other = item;
    for (let i = 0; i < count; i++, edge++) {
      other += reader.number() + 1;
      if (other >= items) reader.fail('items of the catalog');
      from[edge] = item;
      to[edge] = other;
      start[item + 1] = (start[item + 1] as number) + 1;
      start[other + 1] = (start[other + 1] as number) + 1;
    }
  }
  reader.expect('as many edges as it says', edge === edges);
  return bothWays(kind, { from, to, start }, readWeights(reader, edges, levels));
}

function readWeights(reader: Reader, edges: number, { bits, step }: Levels): Float64Array {
  const top = (1 << bits) - 1;
  const weightOf = new Float64Array(top + 1).fill(1);
  for (let level = top; level > 0; level--) {
    let weight = weightOf[level] as number;
    for (let i = 0; i < step; i++) weight *= SIXTEENTH;
    weightOf[level - 1] = weight;
  }
  const weights = new Float64Array(edges);
  let byte = 0;
  for (let edge = 0; edge < edges; edge++) {
    byte = (edge * bits) & 7 ? byte >> bits : reader.byte();
    weights[edge] = weightOf[byte & top] as number;
  }
  return weights;
}

/** Turns a list of edges, each written once, into the neighbours of every item. */
function bothWays(
  kind: NeighbourTable['kind'],
  edges: { readonly from: Uint32Array; readonly to: Uint32Array; readonly start: Uint32Array },
  weightOf: Float64Array,
): NeighbourTable {
  const { from, to, start } = edges;
  for (let i = 1; i < start.length; i++) start[i] = (start[i] as number) + (start[i - 1] as number);
  const next = start.slice();
  const items = new Uint32Array(from.length * 2);
  const weights = new Float64Array(items.length);
  const total = new Float64Array(start.length - 1);
  for (let i = 0; i < items.length; i++) {
    const edge = i >> 1;
    const item = (i & 1 ? to : from)[edge] as number;
    const at = next[item] as number;
    next[item] = at + 1;
    items[at] = (i & 1 ? from : to)[edge] as number;
    weights[at] = weightOf[edge] as number;
    total[item] = (total[item] as number) + (weightOf[edge] as number);
  }
  return { kind, start, items, weights, total };
}
