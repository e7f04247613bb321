import { type Graph, incidence } from './graph.ts';

/** Exchanges between two halves end after so many rounds: by then few items still move. */
const ROUNDS = 20;
/** The order within so few items does not matter. */
const LEAF = 8;
/** Gains are compared to a 256th of a bit, so that they sort as plain numbers together with their item. */
const [FRACTION, PLACES] = [256, 2 ** 24];

/** Orders items so that neighbours stand near each other, which halves the file: it names a neighbour by the steps to it.
 * Recursive graph bisection (Dhulipala, Kabiljo, Karrer, Ottaviano, Pupyrev and Shalita, KDD 2016): split the items into
 * halves, exchange the pairs that save most bits, go on within each half. The same graph gives the same order.
 * Items start in the order of a breadth-first search, which saves some bits more.
 * @param keep so many items stay first, as they are; items without edges stay last
 * @returns places of the items in their old order */
export function orderItems(graph: Graph, keep = 0): Uint32Array {
  const met = breadthFirst(graph.items, adjacency(graph));
  const rank = new Uint32Array(graph.items);
  met.forEach((item, at) => {
    rank[item] = at;
  });
  const renamed = adjacency({
    ...graph,
    from: graph.from.map((item) => rank[item] as number),
    to: graph.to.map((item) => rank[item] as number),
  });
  const halves = createHalves(renamed);
  const split = (order: Uint32Array) => {
    if (order.length <= LEAF) return;
    const middle = order.length >> 1;
    halves.exchange(order, middle);
    split(order.subarray(0, middle).sort());
    split(order.subarray(middle).sort());
  };
  const isLinked = (at: number) => renamed.start[at] !== renamed.start[at + 1];
  const linked = Uint32Array.from(met.keys()).filter((at) => (met[at] as number) >= keep && isLinked(at));
  split(linked);
  const all = Uint32Array.from(met.keys());
  return Uint32Array.from([
    ...all.subarray(0, keep),
    ...linked.map((at) => met[at] as number),
    ...all.subarray(keep).filter((item) => !isLinked(rank[item] as number)),
  ]);
}

/** Every item's neighbours, those of item i from `start[i]` up to `start[i + 1]`. */
interface Adjacency {
  readonly start: Uint32Array;
  readonly neighbours: Uint32Array;
}

function adjacency(graph: Graph): Adjacency {
  const { start, edges } = incidence(graph);
  const neighbours = new Uint32Array(edges.length);
  for (let item = 0; item < graph.items; item++) {
    for (let at = start[item] as number; at < (start[item + 1] as number); at++) {
      const edge = edges[at] as number;
      const from = graph.from[edge] as number;
      neighbours[at] = from === item ? (graph.to[edge] as number) : from;
    }
  }
  return { start, neighbours };
}

function breadthFirst(items: number, { start, neighbours }: Adjacency): Uint32Array {
  const met = new Uint32Array(items);
  const isMet = new Uint8Array(items);
  let count = 0;
  const meet = (item: number) => {
    if (isMet[item] === 0) met[count++] = item;
    isMet[item] = 1;
  };
  let next = 0;
  for (let item = 0; item < items; item++) {
    for (meet(item); next < count; next++) {
      const from = met[next] as number;
      neighbours.subarray(start[from], start[from + 1]).forEach(meet);
    }
  }
  return met;
}

function createHalves({ start, neighbours }: Adjacency) {
  const items = start.length - 1;
  /** How many neighbours of each item are in the left and in the right half. */
  const [left, right] = [new Uint32Array(items), new Uint32Array(items)];
  const log2 = Float64Array.from({ length: items + 3 }, (_, n) => Math.log2(n));
  const move = (item: number, out: Uint32Array, into: Uint32Array) => {
    for (let at = start[item] as number; at < (start[item + 1] as number); at++) {
      const other = neighbours[at] as number;
      out[other] = (out[other] as number) - 1;
      into[other] = (into[other] as number) + 1;
    }
  };
  /** Bits that an item's move from its half to the other saves: d neighbours among n items cost about d log2(n / (d + 1)). */
  const gain = (item: number, own: Uint32Array, other: Uint32Array, toOther: number) => {
    let bits = 0;
    for (let at = start[item] as number; at < (start[item + 1] as number); at++) {
      const n = neighbours[at] as number;
      const here = own[n] as number;
      const there = other[n] as number;
      bits += (here - 1) * (log2[here] as number) - here * (log2[here + 1] as number);
      bits += (there + 1) * (log2[there + 2] as number) - there * (log2[there + 1] as number);
      bits += toOther;
    }
    return bits;
  };
  const byGain = (half: Uint32Array, own: Uint32Array, other: Uint32Array, toOther: number) =>
    Float64Array.from(half, (item, at) => {
      return Math.round(-FRACTION * gain(item, own, other, toOther)) * PLACES + at;
    }).sort();
  return {
    exchange(order: Uint32Array, middle: number) {
      const [a, b] = [order.subarray(0, middle), order.subarray(middle)];
      for (const item of order) {
        for (let at = start[item] as number; at < (start[item + 1] as number); at++) {
          left[neighbours[at] as number] = right[neighbours[at] as number] = 0;
        }
      }
      for (const [half, counts] of [
        [a, left],
        [b, right],
      ] as const) {
        for (const item of half) {
          for (let at = start[item] as number; at < (start[item + 1] as number); at++) {
            counts[neighbours[at] as number] = (counts[neighbours[at] as number] as number) + 1;
          }
        }
      }
      const toRight = (log2[a.length] as number) - (log2[b.length] as number);
      for (let round = 0; round < ROUNDS; round++) {
        const fromLeft = byGain(a, left, right, toRight);
        const fromRight = byGain(b, right, left, -toRight);
        let pair = 0;
        for (; pair < a.length; pair++) {
          const [l, r] = [fromLeft[pair] as number, fromRight[pair] as number];
          const [i, j] = [l - Math.floor(l / PLACES) * PLACES, r - Math.floor(r / PLACES) * PLACES];
          if (l - i + r - j >= 0) break;
          const [x, y] = [a[i] as number, b[j] as number];
          move(x, left, right);
          move(y, right, left);
          a[i] = y;
          b[j] = x;
        }
        if (pair === 0) return;
      }
    },
  };
}
