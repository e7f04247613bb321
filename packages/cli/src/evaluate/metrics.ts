/** How well one list was ordered. */
export interface ListMetrics {
  /** 1 / rank of the first chosen item; 0 where nothing was chosen. */
  readonly mrr: number;
  /** Normalised discounted cumulative gain at k, binary gains (Järvelin and Kekäläinen, TOIS 2002). */
  readonly ndcg: number;
  /** 1 where a chosen item is among the first k. */
  readonly hr: number;
}

/** @param ranking indices into labels, best first */
export function measure(ranking: readonly number[], labels: readonly number[], k: number): ListMetrics {
  const gains = ranking.map((index) => labels[index] as number);
  const first = gains.findIndex((gain) => gain > 0);
  return {
    mrr: first < 0 ? 0 : 1 / (first + 1),
    ndcg:
      discounted(gains, k) /
      (discounted(
        [...gains].sort((a, b) => b - a),
        k,
      ) || 1),
    hr: Number(first >= 0 && first < k),
  };
}

/** What a uniformly random order gives in expectation, exactly for one chosen item. */
export function expectedAtRandom(labels: readonly number[], k: number): ListMetrics {
  const n = labels.length;
  const shifts = labels.map((_, shift) => labels.map((_, index) => (index + shift) % n));
  const all = shifts.map((ranking) => measure(ranking, labels, k));
  const mean = (of: (m: ListMetrics) => number) => all.reduce((sum, m) => sum + of(m), 0) / (n || 1);
  return { mrr: mean((m) => m.mrr), ndcg: mean((m) => m.ndcg), hr: mean((m) => m.hr) };
}

/** Indices by score, best first; equal scores keep the displayed order. */
export function rankBy(scores: ArrayLike<number>): readonly number[] {
  return Array.from({ length: scores.length }, (_, index) => index).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number) || a - b,
  );
}

function discounted(gains: readonly number[], k: number): number {
  return gains.slice(0, k).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}
