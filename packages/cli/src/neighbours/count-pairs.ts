import type { NeighbourKind } from '@inkling/core';
import type { Graph } from './graph.ts';
import type { Sessions } from './sessions.ts';

/** Items of a session further apart than this are not counted together. */
const REACH = 10;
/** A pair at distance d counts d^-DISTANCE: things looked at one after the other have more to do with each other (the
 * sequential rules of Ludewig and Jannach, UMUAI 2018, take 1 / d). A basket has no order. */
const DISTANCE: Readonly<Record<NeighbourKind, number>> = { viewed: 0.75, bought: 0 };
/** A session of n items counts n^-LENGTH, so that a few long ones do not decide. */
const LENGTH = 0.3;

/** Counts how often two items are in one session. What happened a whole log's span before its end counts half: catalogs
 * and tastes move on.
 *
 * Takes 8 bytes a counted pair, and time linear in them: pairs are put beside each other by their lower item, and those of
 * one item are added up in an array over all. */
export function countPairs({ ids, sessions }: Sessions, kind: NeighbourKind): Graph {
  const ages = halvings(sessions.map(({ at }) => at));
  const each = (visit: (lower: number, higher: number, weight: number) => void) => {
    sessions.forEach(({ items }, session) => {
      const weight = 2 ** -(ages[session] as number) * items.length ** -LENGTH;
      for (let i = 0; i < items.length; i++) {
        for (let j = i + 1; j < items.length && j - i <= REACH; j++) {
          const [a, b] = [items[i] as number, items[j] as number];
          if (a !== b) visit(Math.min(a, b), Math.max(a, b), weight * (j - i) ** -DISTANCE[kind]);
        }
      }
    });
  };
  const start = new Uint32Array(ids.length + 1);
  each((lower) => {
    start[lower + 1] = (start[lower + 1] as number) + 1;
  });
  for (let i = 1; i <= ids.length; i++) start[i] = (start[i] as number) + (start[i - 1] as number);
  const others = new Uint32Array(start.at(-1) as number);
  const counts = new Float32Array(others.length);
  const next = start.slice();
  each((lower, higher, weight) => {
    const at = next[lower] as number;
    next[lower] = at + 1;
    others[at] = higher;
    counts[at] = weight;
  });
  return addUp(start, others, counts);
}

/** How many times the span of the times each lies before the last. */
function halvings(times: readonly number[]): readonly number[] {
  const last = times.at(-1) ?? 0;
  const span = last - (times[0] ?? 0);
  return times.map((time) => (span > 0 ? (last - time) / span : 0));
}

function addUp(start: Uint32Array, others: Uint32Array, counts: Float32Array): Graph {
  const items = start.length - 1;
  const sums = new Float64Array(items);
  const from = new Uint32Array(others.length);
  const to = new Uint32Array(others.length);
  const weights = new Float64Array(others.length);
  let edges = 0;
  for (let item = 0; item < items; item++) {
    const [first, end] = [start[item] as number, start[item + 1] as number];
    let written = edges;
    for (let at = first; at < end; at++) {
      const other = others[at] as number;
      if (sums[other] === 0) to[edges++] = other;
      sums[other] = (sums[other] as number) + (counts[at] as number);
    }
    from.fill(item, written, edges);
    for (const other of to.subarray(written, edges).sort()) {
      weights[written++] = sums[other] as number;
      sums[other] = 0;
    }
  }
  return {
    items,
    from: from.slice(0, edges),
    to: to.slice(0, edges),
    weights: weights.slice(0, edges),
  };
}
