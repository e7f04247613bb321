import { type Graph, incidence, strengths } from './graph.ts';

/** An edge weighs its count / (strength of a · strength of b)^POPULARITY: between an association rule (0) and the cosine
 * (1/2), as popular items meet everything by chance. */
const POPULARITY = 0.3;
/** Of an item's strength: its edges are asked for that much more. */
const ASKED = 0.4;
/** An item's strongest edges are its most useful ones; the n-th is worth (n + FIRST)^-FALL. */
const [FIRST, FALL] = [4, 1.5];

/** Weighs counted edges by what remains when the popularity of their items is taken off. */
export function weighEdges(counted: Graph): Graph {
  const strength = strengths(counted);
  const weights = counted.weights.map((count, edge) => {
    const [a, b] = [counted.from[edge] as number, counted.to[edge] as number];
    return count / ((strength[a] as number) * (strength[b] as number)) ** POPULARITY;
  });
  return { ...counted, weights };
}

/** The edges, most useful first, so that those that fit into a file are the first ones. An edge serves visitors at either
 * end: popular items are asked for more often, and of the edges of one item the strongest decide what is shown.
 * @param counted its weights are counts @param weighed the same edges, of `weighEdges` */
export function rankEdges(counted: Graph, weighed: Graph): Uint32Array {
  const { start, edges } = incidence(weighed);
  const { weights } = weighed;
  const use = new Float64Array(weights.length);
  strengths(counted).forEach((strength, item) => {
    const own = edges.subarray(start[item], start[item + 1]);
    own.sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b);
    own.forEach((edge, rank) => {
      use[edge] = (use[edge] as number) + strength ** ASKED * (rank + FIRST) ** -FALL;
    });
  });
  return Uint32Array.from(use.keys()).sort((a, b) => (use[b] as number) - (use[a] as number) || a - b);
}
