/** Undirected edges between items, each once. Edge e joins the items `from[e]` and `to[e]`, the lower first. */
export interface Graph {
  readonly items: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly weights: Float64Array;
}

/** The edges of every item: those of item i are `edges[start[i]]` up to `edges[start[i + 1]]`. */
export interface Incidence {
  readonly start: Uint32Array;
  readonly edges: Uint32Array;
}

export function incidence({ items, from, to }: Graph): Incidence {
  const start = new Uint32Array(items + 1);
  for (const ends of [from, to]) for (const item of ends) start[item + 1] = (start[item + 1] as number) + 1;
  for (let i = 1; i <= items; i++) start[i] = (start[i] as number) + (start[i - 1] as number);
  const next = start.slice();
  const edges = new Uint32Array(from.length * 2);
  for (let edge = 0; edge < from.length; edge++) {
    for (const item of [from[edge] as number, to[edge] as number]) {
      edges[next[item] as number] = edge;
      next[item] = (next[item] as number) + 1;
    }
  }
  return { start, edges };
}

export function strengths({ items, from, to, weights }: Graph): Float64Array {
  const sums = new Float64Array(items);
  weights.forEach((weight, edge) => {
    for (const item of [from[edge] as number, to[edge] as number]) {
      sums[item] = (sums[item] as number) + weight;
    }
  });
  return sums;
}

/** The graph with only these edges. */
export function subgraph(graph: Graph, edges: Uint32Array): Graph {
  return {
    items: graph.items,
    from: edges.map((edge) => graph.from[edge] as number),
    to: edges.map((edge) => graph.to[edge] as number),
    weights: Float64Array.from(edges, (edge) => graph.weights[edge] as number),
  };
}
