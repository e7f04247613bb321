import type { Counterfactual } from '../counterfactual/value-policy.ts';
import type { Estimate } from '../evaluate/bootstrap.ts';

/** @param unit what a round is */
export function counterfactualTable({ support, value }: Counterfactual, unit: string): string {
  const { rounds, visitors, ess, rewards, maxWeight, meanWeight, unsupported, unexplored } = support;
  const interval = ({ value: middle, low, high }: Estimate, digits: number) =>
    `${middle.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const lines = [
    `${rounds} ${unit}s of ${visitors} visitors, worth ${ess.toFixed(0)} of the policy's own; rewards worth ${rewards.toFixed(1)}`,
    `weights: mean ${interval(meanWeight, 3)} (99.9%), highest ${maxWeight.toFixed(1)}`,
    `never shown ${percent(unsupported)}, never explored ${percent(unexplored)}`,
  ];
  if (!value) return lines.join('\n');
  return [
    ...lines,
    `rewards per ${unit}, 95% intervals clustered by visitor`,
    ...Object.entries(value).map(([name, estimate]) => `${name.padEnd(12)}${interval(estimate, 5)}`),
  ].join('\n');
}
