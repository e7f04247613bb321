/** How well one list was ordered. */
export interface ListMetrics {
  /** 1 / rank of the first chosen item; 0 where nothing was chosen. */
  readonly mrr: number;
  /** Normalised discounted cumulative gain at k, binary gains (Järvelin and Kekäläinen, TOIS 2002). */
  readonly ndcg: number;
  /** 1 where a chosen item is among the first k. */
  readonly hr: number;
  /** Average precision: the mean over the chosen items of the share of chosen items down to each (Buckley and Voorhees,
   * SIGIR 2000). Its mean over lists is MAP. */
  readonly map: number;
}

export type MetricName = keyof ListMetrics;

export const METRICS: readonly MetricName[] = ['mrr', 'ndcg', 'hr', 'map'];

/** @param ranking indices into labels, best first */
export function measure(ranking: readonly number[], labels: readonly number[], k: number): ListMetrics {
  let chosen = 0;
  let first = 0;
  let gain = 0;
  let precision = 0;
  ranking.forEach((index, place) => {
    if (!labels[index]) return;
    chosen++;
    first ||= place + 1;
    precision += chosen / (place + 1);
    if (place < k) gain += discount(place);
  });
  if (chosen === 0) return { mrr: 0, ndcg: 0, hr: 0, map: 0 };
  return {
    mrr: 1 / first,
    ndcg: gain / discounts(Math.min(chosen, k)),
    hr: Number(first <= k),
    map: precision / chosen,
  };
}

/** What a uniformly random order gives in expectation, exactly. With m of n items chosen, place r is the first chosen one
 * with probability C(n−r, m−1) / C(n, m), and the precision at a chosen item in place r is in the mean
 * (1 + (r−1)(m−1)/(n−1)) / r (Bestgen, "Exact expected average precision of the random baseline for system evaluation",
 * PBML 103, 2015). */
export function expectedAtRandom(labels: readonly number[], k: number): ListMetrics {
  const n = labels.length;
  const m = labels.filter(Boolean).length;
  if (m === 0) return { mrr: 0, ndcg: 0, hr: 0, map: 0 };
  let mrr = 0;
  let hr = 0;
  let precision = 0;
  // Probability that nothing chosen stands before place r.
  let none = 1;
  for (let r = 1; r <= n; r++) {
    const here = (none * m) / (n - r + 1);
    mrr += here / r;
    if (r <= k) hr += here;
    none -= here;
    precision += (1 + ((r - 1) * (m - 1)) / Math.max(1, n - 1)) / r;
  }
  const ndcg = ((m / n) * discounts(Math.min(n, k))) / discounts(Math.min(m, k));
  return { mrr, ndcg, hr, map: precision / n };
}

/** Indices by score, best first; equal scores keep the displayed order. */
export function rankBy(scores: ArrayLike<number>): readonly number[] {
  return Array.from({ length: scores.length }, (_, index) => index).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number) || a - b,
  );
}

function discount(place: number): number {
  return 1 / Math.log2(place + 2);
}

/** Of the first places together. */
function discounts(places: number): number {
  let sum = 0;
  for (let place = 0; place < places; place++) sum += discount(place);
  return sum;
}
