import type { Estimate } from '../evaluate/bootstrap.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';

export function evaluationTable({ lists, visitors, k, cases }: Evaluation): string {
  const cell = ({ value, low, high }: Estimate) =>
    `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`.padEnd(22);
  return [
    `${lists} lists of ${visitors} visitors, 95% intervals clustered by visitor`,
    `${''.padEnd(12)}${'MRR'.padEnd(22)}${`NDCG@${k}`.padEnd(22)}${`HR@${k}`.padEnd(22)}MRR over displayed`,
    ...Object.entries(cases).map(
      ([name, { mrr, ndcg, hr, gain }]) =>
        `${name.padEnd(12)}${cell(mrr)}${cell(ndcg)}${cell(hr)}${cell(gain)}`,
    ),
  ].join('\n');
}
