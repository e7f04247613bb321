/** Area under the ROC curve: how probable it is that a positive is scored above a negative, ties counting half (Mann and
 * Whitney, 1947). */
export function auc(scores: readonly number[], labels: readonly number[]): number {
  const order = [...scores.keys()].sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let rankSum = 0;
  let positives = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    const score = scores[order[start] as number];
    while (end < order.length && scores[order[end] as number] === score) end++;
    for (const index of order.slice(start, end)) {
      if (!labels[index]) continue;
      positives++;
      // Ranks from 1; equal scores share their mean.
      rankSum += (start + 1 + end) / 2;
    }
  }
  const negatives = labels.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
