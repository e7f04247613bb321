import { estimateValue, type PolicyValue, type ValueOptions } from './estimators.ts';
import type { Round } from './round.ts';
import { type RoundTable, tableOf } from './round-table.ts';
import { type LogRefusal, refusalsOf, type Support, supportOf } from './support.ts';

/** What a log says of a policy that did not write it. */
export interface Counterfactual {
  readonly support: Support;
  /** Why nothing is estimated. */
  readonly refusals: readonly LogRefusal[];
  /** Mean reward of a round; absent where there is a refusal. */
  readonly value?: PolicyValue;
}

/** Values the target policy, or says why this log cannot. */
export function valuePolicy(
  rounds: readonly Round[] | RoundTable,
  options: ValueOptions = {},
): Counterfactual {
  const table = tableOf(rounds);
  const support = supportOf(table);
  const refusals = refusalsOf(support);
  return { support, refusals, ...(refusals.length === 0 && { value: estimateValue(table, options) }) };
}
