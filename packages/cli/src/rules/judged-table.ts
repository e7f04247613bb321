import type { JudgedRule, Verdict } from './judge-rules.ts';
import { sayRule } from './rule.ts';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  unseen: 'no list tells',
  unknown: 'not known yet',
  holds: 'holds',
  weaker: 'holds, weaker than declared',
  stronger: 'holds, stronger than declared',
  nothing: 'makes no difference: retire it',
  contradicted: 'contradicted: retire it',
};

/** Declared and learnt weight of each rule, one line each. */
export function judgedTable(judged: readonly JudgedRule[]): string {
  const number = (value: number) => value.toFixed(2);
  return [
    'declared  learnt, 95% interval    lists  rule',
    ...judged.map(({ rule, declared, learnt, low, high, lists, verdict }) => {
      const interval = lists === 0 ? '–' : `${number(learnt)} [${number(low)}, ${number(high)}]`;
      return `${number(declared).padStart(8)}  ${interval.padEnd(22)} ${String(lists).padStart(6)}  ${sayRule(rule)}: ${VERDICTS[verdict]}`;
    }),
  ].join('\n');
}
